/// The results of the checks of a verification.
extension ErrorCatalogue {
  static let checkCodes = [
    "aws.not-trusted": "The host that responded did not present a valid certificate for AWS.",
    "aws.other-error": "AWS returned another error, so the result is inconclusive.",
    "aws.region-disabled": "STS is disabled in the Region that the registry uses: the operator must set awsRegion.",
    "aws.throttled": "AWS is throttling requests. Try again after retryAfterSeconds.",
    "aws.timed-out": "AWS did not respond in time. Try again; this says nothing about the customer's set-up.",
    "aws.unavailable": "An AWS service failed. Try again after retryAfterSeconds.",
    "aws.unreachable": "The registry could not reach AWS. This says nothing about the customer's set-up.",
    "aws.unreadable": "The response did not come from the expected AWS service. A proxy may have answered.",
    "bucket.disabled": "AWS has disabled the bucket.",
    "bucket.list-denied":
      "The role is not allowed to list the bucket under the prefix: it needs s3:ListBucket on the bucket's ARN.",
    "bucket.other-account": "The bucket does not belong to the role's account. Set bucketOwner to its owner.",
    "bucket.not-found": "The bucket does not exist.",
    "bucket.region-unknown": "S3 does not report the bucket's Region.",
    "connector.access-denied":
      "The registry is not allowed to assume InfoSum's own role. The customer's set-up is not the cause.",
    "connector.credentials-refused": "AWS does not accept InfoSum's own keys, or the registry's clock is wrong.",
    "connector.no-credentials":
      "The registry could not fetch InfoSum's AWS keys: the operator must check awsCredentials.",
    "connector.other-principal":
      "InfoSum's role returned a session that the trust policies of this registry do not name.",
    "filenames.no-match": "No object was found under the prefix that matches a filename of the ICC.",
    "object.archived": "The objects are archived. Restore them before you import them.",
    "object.gone": "The object was deleted before it could be read.",
    "object.kms-denied": "The object is encrypted with a KMS key that the role is not allowed to use: set kmsKeyArn.",
    "object.kms-unusable": "The object is encrypted with a KMS key that is disabled or deleted.",
    "object.read-denied": "The role is not allowed to read the object: it needs s3:GetObject on the objects' ARN.",
    "prefix.empty": "There is no object to read under the prefix.",
    "role.external-id-not-exact":
      "The role can be assumed with a wrong external ID. Compare sts:ExternalId with StringEquals.",
    "role.external-id-not-required":
      "The role can be assumed without an external ID. Require sts:ExternalId with StringEquals.",
    "role.not-assumable":
      "AWS does not let InfoSum assume the role: the role does not exist, or its trust policy does not allow it.",
    "role.principal-not-pinned":
      "The role can be assumed by other sessions of InfoSum's role. Name this ICC's principal.",
  ]
}
