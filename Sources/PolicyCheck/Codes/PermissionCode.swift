/// The findings about the role's own policy.
package enum PermissionCode: String, CaseIterable, Sendable {
  case actionMissing = "action-missing"
  case conditionNeverHolds = "condition-never-holds"
  case conditionUnknown = "condition-unknown"
  case denied
  case filenameNotCovered = "filename-not-covered"
  case getOnBucket = "get-on-bucket"
  case kmsIsAlias = "kms-is-alias"
  case kmsMissing = "kms-missing"
  case kmsWrongKey = "kms-wrong-key"
  case listOnObjects = "list-on-objects"
  case moreThanNeeded = "more-than-needed"
  case objectsPartly = "objects-partly"
  case prefixOnGetObject = "prefix-on-get-object"
  case undetermined
  case wrongBucket = "wrong-bucket"
  case wrongPrefix = "wrong-prefix"
}

extension PermissionCode: ExplainedCode {
  static let subject = "permission"

  static let pages: [PermissionCode: FindingPage] = [
    .actionMissing: .init(
      "A required action is missing.",
      "The role needs s3:ListBucket on the bucket and s3:GetObject on the objects under the prefix."),
    .conditionNeverHolds: .init(
      "A condition that never holds for InfoSum.",
      "The statement has a condition that is false for every request of an import, so the statement "
        + "never applies."),
    .conditionUnknown: .init(
      "A condition the registry cannot evaluate.",
      "Whether the action is allowed depends on a value that the registry cannot see. If it is a "
        + "restriction of yours, make sure that the import meets it."),
    .denied: .init(
      "A Deny statement blocks the import.",
      "An explicit Deny always wins over every Allow. Add an exception for the role to this statement."),
    .filenameNotCovered: .init(
      "Files of the ICC cannot be read.",
      "The resource does not cover all the filenames of the ICC. Allow s3:GetObject on the ARN of each, in which * and "
        + "? are wildcards."),
    .getOnBucket: .init(
      "s3:GetObject on the bucket itself.",
      "s3:GetObject applies to objects: its resource is arn:aws:s3:::BUCKET/PREFIX*."),
    .kmsIsAlias: .init(
      "A KMS alias as resource.",
      "An alias in the Resource element grants nothing. Use the ARN of the key."),
    .kmsMissing: .init(
      "kms:Decrypt is missing.",
      "The bucket is encrypted with a KMS key, so the role needs kms:Decrypt on that key."),
    .kmsWrongKey: .init(
      "kms:Decrypt on another key.",
      "The statement allows kms:Decrypt on a key that is not this ICC's."),
    .listOnObjects: .init(
      "s3:ListBucket on objects.",
      "s3:ListBucket applies to the bucket: its resource is arn:aws:s3:::BUCKET."),
    .moreThanNeeded: .init(
      "The policy allows more than an import needs.",
      "An import only lists the bucket and reads the ICC's files under the prefix. Remove other permissions if "
        + "this role is only for InfoSum."),
    .objectsPartly: .init(
      "Only some objects can be read.",
      "The resource covers only a part of the objects under the prefix."),
    .prefixOnGetObject: .init(
      "s3:prefix on s3:GetObject.",
      "The condition key s3:prefix only exists for s3:ListBucket. A statement with it never allows "
        + "s3:GetObject."),
    .undetermined: .init(
      "The result depends on values the registry cannot see.",
      "Whether the import can read the bucket depends on values such as source addresses, organisations"
        + " or tags."),
    .wrongBucket: .init("Another bucket.", "The statement is about a bucket that is not this ICC's."),
    .wrongPrefix: .init("Another prefix.", "The statement does not cover this ICC's prefix."),
  ]
}
