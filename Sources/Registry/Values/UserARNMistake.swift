import AWSPolicy
import Text

/// What people give for the role's ARN: the ARN of something else, which the console shows nearby.
struct UserARNSlip {
  private let fault: String
  private let detail: String
  private let hint: String

  /// The slip that a text is, if it is one.
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

  /// Notes the slip.
  func report(to examination: inout Examination) {
    examination.report(fault, detail, hint: hint)
  }

  private init(_ fault: String, _ detail: String, hint: String) {
    self.fault = fault
    self.detail = detail
    self.hint = hint
  }

  private static let bucket = UserARNSlip(
    "is-bucket", "This is the bucket, not the role that reads it.",
    hint: "The bucket's name belongs in bucketName. " + UserARN.whereToFindIt)

  private static let serviceLinkedRole = UserARNSlip(
    "is-service-linked-role",
    "This role belongs to a service of AWS; nobody can change whom it trusts.",
    hint: "Make a role of your own for InfoSum. " + UserARN.whereToFindIt)

  private init(session arn: ARN) {
    let role = arn.resourceName.prefix { $0 != "/" }
    let offered =
      ARN.isAccountID(arn.account) && !role.isEmpty && role.utf8.allSatisfy(ARN.isNameCharacter)
      ? "The role's own ARN is “arn:\(arn.partition):iam::\(arn.account):role/\(role)”, unless the role has a path, "
        + "which a session's ARN leaves out; IAM, Roles, Summary shows it. "
      : ""
    self.init(
      "is-assumed-role", "This is the ARN of a session of a role, not of the role itself.",
      hint: offered + UserARN.whereToFindIt)
  }

  private init(identity type: Substring) {
    switch type {
    case "root":
      self.init("is-root", "This is the account as a whole, not a role in it.", hint: UserARN.whereToFindIt)
    case "user":
      self.init(
        "is-user", "This is the ARN of a user; the field called User ARN takes the ARN of a role.",
        hint: "A user cannot be assumed. " + UserARN.whereToFindIt)
    case "group":
      self.init("is-group", "This is the ARN of a group of users, not of a role.", hint: UserARN.whereToFindIt)
    case "policy":
      self.init(
        "is-policy", "This is the ARN of a policy, not of the role that it is attached to.",
        hint: "The page of the policy lists its role under Entities attached. " + UserARN.whereToFindIt)
    default:
      self.init(
        "is-instance-profile", "This is the ARN of an instance profile, not of the role in it.",
        hint: "The role often has the same name, but its ARN has “role/” in it. " + UserARN.whereToFindIt)
    }
  }

  private static func isServiceLinked(_ arn: ARN) -> Bool {
    arn.resourceName.hasPrefix("aws-service-role/") || arn.resourceName.hasPrefix("AWSServiceRoleFor")
  }
}
