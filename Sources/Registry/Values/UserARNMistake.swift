import AWSPolicy
import Text

/// A value sent instead of the role's ARN: the ARN of something that the AWS console shows nearby.
struct UserARNMistake {
  private let error: String
  private let detail: String
  private let hint: String

  /// The mistake that a text is, if it is one.
  init?(_ text: String, _ arn: ARN?) {
    if let scheme = S3Location.scheme(of: text), ASCII.lowercased(scheme.utf8).hasPrefix("s3") {
      self = .bucket
      return
    }
    guard let arn else { return nil }
    switch (arn.service, arn.resourceType) {
    case ("s3", _): self = .bucket
    case ("sts", "assumed-role"), ("iam", "assumed-role"): self.init(session: arn)
    case ("iam", "root"), ("iam", "user"), ("iam", "group"), ("iam", "policy"), ("iam", "instance-profile"):
      self.init(identity: arn.resourceType)
    case ("iam", "role") where Self.isServiceLinked(arn): self = .serviceLinkedRole
    default: return nil
    }
  }

  /// Reports the mistake.
  func report(to validation: inout FieldValidation) {
    validation.report(error, detail, hint: hint)
  }

  private init(_ error: String, _ detail: String, hint: String) {
    self.error = error
    self.detail = detail
    self.hint = hint
  }

  private static let bucket = UserARNMistake(
    "is-bucket", "This is the bucket, not the role that reads it.",
    hint: "Enter the bucket in bucketName. " + UserARN.whereToFindIt)

  private static let serviceLinkedRole = UserARNMistake(
    "is-service-linked-role",
    "This role belongs to an AWS service, and its trust policy cannot be changed.",
    hint: "Create a role of your own for InfoSum. " + UserARN.whereToFindIt)

  private init(session arn: ARN) {
    let role = arn.resourceName.prefix { $0 != "/" }
    let offered =
      ARN.isAccountID(arn.account) && !role.isEmpty && role.utf8.allSatisfy(ARN.isNameCharacter)
      ? "The role's own ARN is “arn:\(arn.partition):iam::\(arn.account):role/\(role)”, unless the role has a path, "
        + "which a session's ARN omits. "
      : ""
    self.init(
      "is-assumed-role", "This is the ARN of a role session, not of the role.",
      hint: offered + UserARN.whereToFindIt)
  }

  private init(identity type: Substring) {
    switch type {
    case "root":
      self.init("is-root", "This is the whole account, not a role in it.", hint: UserARN.whereToFindIt)
    case "user":
      self.init(
        "is-user", "This is the ARN of a user; the field userArn takes the ARN of a role.",
        hint: "InfoSum assumes a role, and a user cannot be assumed. " + UserARN.whereToFindIt)
    case "group":
      self.init("is-group", "This is the ARN of a group of users, not of a role.", hint: UserARN.whereToFindIt)
    case "policy":
      self.init(
        "is-policy", "This is the ARN of a policy, not of the role it is attached to.",
        hint: "The policy's page lists its role under **Entities attached**. " + UserARN.whereToFindIt)
    default:
      self.init(
        "is-instance-profile", "This is the ARN of an instance profile, not of the role in it.",
        hint: "The role often has the same name, but its ARN contains “role/”. " + UserARN.whereToFindIt)
    }
  }

  /// True for the roles that only AWS changes: those linked to a service, and those that IAM
  /// Identity Center creates for a permission set.
  private static func isServiceLinked(_ arn: ARN) -> Bool {
    let name = arn.resourceName.utf8
    return ["aws-service-role/", "aws-reserved/", "AWSServiceRoleFor"].contains { name.starts(with: $0.utf8) }
  }
}
