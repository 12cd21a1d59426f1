import AWSPolicy
import Registry

/// Explains why a condition never holds for InfoSum, or cannot be evaluated.
enum ConditionReason {
  /// The reason why a condition is false. `request` names the request that it is evaluated for.
  static func never(_ condition: Policy.Condition, _ context: RequestContext, request: String) -> String {
    let key = condition.key.prefixForMessage
    let variables = variables(condition, context)
    if !variables.isEmpty { return "The condition on \(key) never holds." + variables }
    if condition.values.isEmpty { return "The condition on \(key) has no value, so it never holds." }
    if let known = explanations[condition.key.lowercased()] { return "\(key) \(known), so this never holds." }
    switch context[condition.key] {
    case .values(let values):
      return "For \(request), \(key) is \"\(values.joined(separator: ", ").prefixForMessage)\", so this never holds."
        + literalWildcard(condition)
    case .absent where condition.key.lowercased().hasPrefix("aws:") && !GlobalConditionKeys.contains(condition.key):
      return "AWS has no condition key \(key), so this never holds."
    case .absent:
      return "\(request) has no condition key \(key), so this never holds."
    default:
      return "The condition on \(key) never holds for \(request)."
    }
  }

  /// The reason why a Deny certainly applies to InfoSum, as a sentence led by a space; empty if the
  /// statement itself says it.
  static func denial(_ statement: Policy.Statement) -> String {
    if statement.principal?.isNegated == true {
      return " NotPrincipal must name the account, the role and the role's session."
    }
    let keys = statement.conditions.map { $0.key.lowercased() }
    if keys.contains(where: { $0.hasPrefix("aws:sourcevpc") }) {
      return " InfoSum's requests never come through your VPC or VPC endpoint."
    }
    if keys.contains(where: { $0.hasPrefix("aws:multifactorauth") }) { return " A session of a role never has MFA." }
    if keys.contains("aws:userid") {
      return " aws:userid starts with the unique ID of the role (AROA…), not with its name."
    }
    if keys.contains("s3:prefix") { return " An import lists the bucket with this ICC's prefix." }
    if keys.contains("aws:securetransport") {
      return " InfoSum's requests use TLS, so aws:SecureTransport is \"true\"."
    }
    if let key = keys.first(where: { $0.hasPrefix("s3:x-amz-server-side-encryption") }) {
      return " A request that lists or reads has no \(key.prefixForMessage): it is a key of uploads."
    }
    return ""
  }

  /// The explanations for keys that people use in vain.
  private static let explanations: [String: String] = [
    "aws:multifactorauthpresent": "is false, because a session of a role never has MFA",
    "aws:multifactorauthage": "is missing, because a session of a role never has MFA",
    "aws:username": "exists for IAM users only, not for a session of a role",
    "aws:sourceaccount": "is only present when an AWS service makes the request",
    "aws:sourcearn": "is only present when an AWS service makes the request",
    "aws:sourceorgid": "is only present when an AWS service makes the request",
    "aws:sourceidentity": "is missing, because InfoSum sends no source identity",
    "sts:sourceidentity": "is missing, because InfoSum sends no source identity",
    "aws:sourcevpc": "is not your VPC, because InfoSum's requests never come through it",
    "aws:sourcevpce": "is not your VPC endpoint, because InfoSum's requests never come through it",
    "aws:sourcevpcarn": "is not your VPC, because InfoSum's requests never come through it",
    "aws:currenttime": "is the time of the request, which this condition excludes",
    "aws:epochtime": "is the time of the request, which this condition excludes",
    "aws:userid": "starts with the unique ID of the role (AROA…), not with its name",
  ]

  /// A sentence about a variable in the values that has no value, led by a space; empty if there is
  /// none.
  static func variables(_ condition: Policy.Condition, _ context: RequestContext) -> String {
    for text in condition.values.prefix(20) {
      guard let start = text.value.firstRange(of: "${"),
        let end = text.value[start.upperBound...].firstIndex(of: "}")
      else { continue }
      let name = String(text.value[start.upperBound..<end].prefix { $0 != "," })
      guard name.count > 1, context[name] == .absent else { continue }
      let reason = explanations[name.lowercased()] ?? (name.contains(":") ? "has no value here" : "was not replaced")
      return " The variable \(name.prefixForMessage) \(reason)."
    }
    return ""
  }

  private static func literalWildcard(_ condition: Policy.Condition) -> String {
    guard let comparison = condition.test?.comparison, comparison == .stringEquals,
      condition.values.contains(where: { $0.value.contains("*") || $0.value.contains("?") })
    else { return "" }
    return " With StringEquals, * and ? are ordinary characters. Use StringLike for a pattern."
  }

  /// The reason why a condition cannot be evaluated, as a sentence.
  static func uncertain(_ key: String, isTrust: Bool) -> String {
    "The result of this condition is undetermined: \(uncertainty(key, isTrust: isTrust))."
  }

  /// The reason why a key's value cannot be known, as a sentence fragment.
  static func uncertainty(_ key: String, isTrust: Bool) -> String {
    let name = key.prefixForMessage
    switch key.lowercased() {
    case "aws:principalorgid", "aws:principalorgpaths":
      return isTrust
        ? "\(name) is InfoSum's organisation here, not yours"
        : "\(name) is the organisation of the role's account, which the registry cannot see"
    case "aws:sourceip", "aws:vpcsourceip":
      return "\(name) is the address of InfoSum, not of your network; ask InfoSum for its addresses"
    case "aws:requestedregion":
      return isTrust
        ? "\(name) is the Region of InfoSum's STS call; ask InfoSum for it" : "\(name) is the Region of the bucket"
    case "s3:delimiter", "s3:max-keys":
      return "\(name) depends on how an import lists the bucket"
    case "kms:encryptioncontext:aws:s3:arn":
      return "it is the object's ARN, or the bucket's ARN if the bucket uses an S3 Bucket Key; list both"
    case let key where key.hasPrefix("s3:existingobjecttag/"):
      return "\(name) depends on the tags of each object"
    case let key where key.hasPrefix("aws:principaltag/"):
      return "\(name) depends on the tags of \(isTrust ? "InfoSum's role" : "your role"), which the registry cannot see"
    default:
      return "the registry cannot see \(name)"
    }
  }
}
