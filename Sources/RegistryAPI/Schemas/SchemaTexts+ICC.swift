import JSON

extension SchemaTexts {
  /// The schemas of single values.
  static let scalars: [(String, String, JSONValue?)] = [
    ("Name", "A name without control, bidirectional or other invisible characters.", "Acme CRM, weekly"),
    ("Instant", "A time in UTC (RFC 3339).", "2026-11-27T09:30:00.000Z"),
    ("ICCId", "The identifier of an ICC.", "icc_01kb2q4m5n6p7r8s9t0v1w2x3y"),
    ("TokenId", "The identifier of a token; not the token itself.", "tok_01kb2q4m5n6p7r8s9t0v1w2x3y"),
    ("UsageKey", "The name that an import job gives to its use of an ICC.", "job-7"),
    ("OrganisationId", "The identifier of a customer.", "acme"),
    (
      "ExternalId", "The ICC's external ID: 32 random bytes in hexadecimal.",
      "3f1c0a9e5b7d2468ace013579bdf02468ace13579bdf02468ace13579bdf0246"
    ),
    ("UserArn", "The ARN of the IAM role that InfoSum assumes.", "arn:aws:iam::111122223333:role/infosum-import"),
    ("SessionName", "The role session name that InfoSum uses.", "acme-import"),
    ("BucketName", "The name of an S3 bucket.", "acme-data"),
    ("Description", "A text of up to 1,000 characters for people.", "Customers, every Monday"),
    ("AccountId", "An AWS account ID.", "111122223333"),
    (
      "Prefix", "The start of the keys in the bucket, at most 1,024 bytes of UTF-8; empty for the whole bucket.",
      "exports/"
    ),
    (
      "KmsKeyArn", "The ARN of the KMS key that encrypts the objects.",
      "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    ),
    (
      "Filenames",
      "Names relative to the prefix: * matches any run of characters, slashes included, and ? any one character.",
      ["*.csv", "2026/orders.parquet"]
    ),
    ("PolicyDocument", "A policy in the form that AWS stores.", nil),
  ]

  /// The settings of an ICC, and the values that follow from them.
  static let settings: [(String, String, JSONValue?)] = [
    ("name", "The name, unique among the organisation's live ICCs, ignoring case.", nil),
    ("description", "A text for people.", nil),
    ("connectorType", "The kind of connection.", "s3-cross-account"),
    ("userArn", "The ARN of the IAM role that InfoSum assumes; null while the ICC is a draft.", nil),
    ("sessionName", "The role session name that InfoSum uses.", nil),
    ("bucketName", "The bucket to import from.", nil),
    ("bucketOwner", "The account that owns the bucket; null if it is the role's account.", nil),
    ("prefix", "The start of the keys to import; empty for the whole bucket.", nil),
    ("filenames", "The files to import, relative to the prefix; empty for all files under the prefix.", nil),
    ("kmsKeyArn", "The KMS key of the objects; null if they are encrypted with S3's own key.", nil),
    ("organisation", "The organisation that it belongs to.", nil),
    ("id", "The identifier. It never changes.", nil),
    ("status", "The state of the ICC.", nil),
    ("enabled", "Import workers may use the ICC.", nil),
    ("usable", "Import workers may use the ICC now.", nil),
    (
      "notUsableBecause",
      "Every reason why import workers may not use the ICC; empty if usable is true. Only tokens of all organisations "
        + "see held.", nil
    ),
    ("externalId", "The external ID that InfoSum sends to AWS, and that the trust policy requires.", nil),
    ("pendingExternalId", "The next external ID of a rotation; null if no rotation is pending.", nil),
    ("principal", "The IAM principal that assumes the role: the trust policy names it.", nil),
    ("trustPolicy", "The trust policy.", nil),
    ("permissionPolicy", "The permission policy of the role.", nil),
    ("warnings", "Warnings about values that are allowed but probably not intended.", nil),
    ("lastVerification", "The newest verification; null if there is none of this version.", nil),
    ("version", "The version, from 1: every change increases it by one.", nil),
    ("createdAt", "The time of creation.", nil),
    ("createdBy", "The token, or the command, that created it.", nil),
    ("updatedAt", "The time of the last change.", nil),
    ("updatedBy", "The token, or the command, of the last change.", nil),
    ("deletedAt", "The time of deletion; null for a live ICC.", nil),
    ("trustPolicyChanged", "The trust policy in AWS must be updated before the next import.", nil),
    ("previousPrincipal", "The principal before the change.", nil),
  ]
}
