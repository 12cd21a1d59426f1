/// What the checks of a verification find.
extension ErrorCatalogue {
  static let checkCodes = [
    "aws.not-trusted": "The host that answered did not prove by a certificate that it is AWS's.",
    "aws.other-error": "AWS answered with an error that decides nothing.",
    "aws.region-disabled": "STS is switched off in the Region that the registry asks: the operator sets awsRegion.",
    "aws.throttled": "AWS answers too many requests just now. Try again as retryAfterSeconds says.",
    "aws.timed-out": "AWS did not answer in time. Try again; nothing follows for the customer's side.",
    "aws.unavailable": "A service of AWS failed. Try again as retryAfterSeconds says.",
    "aws.unreachable": "The registry could not reach AWS. Nothing follows for the customer's side.",
    "aws.unreadable": "What answered is not the service that was asked, such as a proxy on the way.",
    "bucket.disabled": "AWS has closed the bucket.",
    "bucket.list-denied":
      "The role may not list the bucket under the prefix: it needs s3:ListBucket on the bucket's own ARN.",
    "bucket.not-found": "There is no bucket of this name.",
    "bucket.region-unknown": "S3 does not say in which Region the bucket is.",
    "connector.access-denied":
      "The registry may not assume InfoSum's own role: nothing is wrong on the customer's side.",
    "connector.credentials-refused": "AWS does not accept InfoSum's own keys, or the registry's clock is wrong.",
    "connector.no-credentials":
      "The registry could not fetch AWS keys of InfoSum's: the operator looks at awsCredentials.",
    "connector.other-principal": "InfoSum's role gave a session that no trust policy of this registry names.",
    "object.archived": "The objects are archived, and cannot be imported before they are restored.",
    "object.gone": "The object was deleted while it was to be read.",
    "object.kms-denied": "The object is encrypted with a KMS key that the role may not use: set kmsKeyArn.",
    "object.kms-unusable": "The object is encrypted with a KMS key that is disabled or gone.",
    "object.read-denied": "The role may not read the object: it needs s3:GetObject on the objects' ARN.",
    "prefix.empty": "There is no object under the prefix to read.",
    "role.external-id-not-exact": "The role can be assumed with a wrong external ID: compare it by StringEquals.",
    "role.external-id-not-required": "The role can be assumed without an external ID: require it by StringEquals.",
    "role.not-assumable":
      "AWS refuses to let InfoSum assume the role: there is none, or its trust policy does not let it.",
    "role.principal-not-pinned":
      "The role can be assumed by other sessions of InfoSum's role: name this ICC's principal.",
  ]
}
