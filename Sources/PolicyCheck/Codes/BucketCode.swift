/// The findings about a bucket policy.
package enum BucketCode: String, CaseIterable, Sendable {
  case actionWithoutResource = "action-without-resource"
  case allowsEveryone = "allows-everyone"
  case allowsOther = "allows-other"
  case conditionKey = "condition-key"
  case crossAccount = "cross-account"
  case denied
  case denyUnknown = "deny-unknown"
  case otherBucket = "other-bucket"
  case principalIsInfoSum = "principal-is-infosum"
  case principalUniqueID = "principal-unique-id"
  case roleUnknown = "role-unknown"
}

extension BucketCode: ExplainedCode {
  static let subject = "bucket"

  static let pages: [BucketCode: FindingPage] = [
    .actionWithoutResource: .init(
      "The action does not match the resource.",
      "S3 rejects an action on objects without a resource for objects, and an action on the bucket "
        + "without the bucket as a resource."),
    .allowsEveryone: .init(
      "The bucket is open to everyone.",
      #"A statement with Principal "*" and without a restricting condition lets everyone in the world "#
        + "read the bucket."),
    .allowsOther: .init(
      "Another principal can read the bucket.",
      "The policy also lets a principal in that has nothing to do with this ICC. Keep it if you need "
        + "it."),
    .conditionKey: .init(
      "A condition key that does not fit.",
      "S3 rejects a bucket policy with a condition key of another service, or with one that does not "
        + "apply to the statement's actions."),
    .crossAccount: .init(
      "No statement allows the role.",
      "If the bucket and the role are in the same AWS account, that is enough. If the bucket is in "
        + "another account, add the statements of this ICC's bucket policy."),
    .denied: .init(
      "A Deny statement blocks the role.",
      "An explicit Deny always wins over every Allow. Add an exception for the role to this statement."),
    .denyUnknown: .init(
      "A Deny statement may block the role.",
      "Whether the Deny statement applies depends on a value that the registry cannot see."),
    .otherBucket: .init("Another bucket.", "A bucket policy may only name its own bucket and the objects in it."),
    .principalIsInfoSum: .init(
      "The statement names InfoSum.",
      "Your role is what accesses the bucket, so the bucket policy must name your role. InfoSum's "
        + "session belongs in the role's trust policy."),
    .principalUniqueID: .init(
      "The principal was deleted.",
      "AWS shows a unique ID, such as AROA…, because the principal was deleted. A recreated role does "
        + "not match it."),
    .roleUnknown: .init(
      "The ICC has no User ARN.",
      "The registry cannot tell which role accesses the bucket. Set the User ARN and check again."),
  ]
}
