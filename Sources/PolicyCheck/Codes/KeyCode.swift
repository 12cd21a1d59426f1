/// The findings about a KMS key policy.
package enum KeyCode: String, CaseIterable, Sendable {
  case denied
  case denyUnknown = "deny-unknown"
  case delegates
  case noKey = "no-key"
  case notAllowed = "not-allowed"
  case otherAccount = "other-account"
  case roleUnknown = "role-unknown"
  case undetermined
  case wrongCondition = "wrong-condition"
}

extension KeyCode: ExplainedCode {
  static let subject = "key"

  static let pages: [KeyCode: FindingPage] = [
    .denied: .init(
      "A Deny statement blocks the role.",
      "An explicit Deny always wins over every Allow. Add an exception for the role to this statement."),
    .denyUnknown: .init(
      "A Deny statement may block the role.",
      "Whether the Deny statement applies depends on a value that the registry cannot see."),
    .delegates: .init(
      "The key policy delegates to IAM.",
      "The key policy allows the account, so the role's own permission policy decides. It needs "
        + "kms:Decrypt on this key."),
    .noKey: .init("The ICC has no KMS key.", "Set kmsKeyArn to the key that encrypts the bucket and check again."),
    .notAllowed: .init(
      "The key policy does not allow the role.",
      "The role needs kms:Decrypt in the key policy, or the key policy must allow the account so that "
        + "IAM policies decide."),
    .otherAccount: .init(
      "The key belongs to another account.",
      "For a key of another account, the key policy must name the role or its account, and the role "
        + "needs kms:Decrypt in its permission policy."),
    .roleUnknown: .init(
      "The ICC has no User ARN.",
      "The registry cannot tell which role uses the key. Set the User ARN and check again."),
    .undetermined: .init(
      "The result depends on values the registry cannot see.",
      "Whether the role may use the key depends on a value that the registry cannot see."),
    .wrongCondition: .init(
      "A condition that never holds for the import.",
      "S3 uses the key for the role, through the service s3.REGION.amazonaws.com. The statement's "
        + "condition does not hold for these requests."),
  ]
}
