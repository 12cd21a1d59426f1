import AWSPolicy

/// A policy that was pasted for another: each of the three looks different, and none is stored in another's place.
enum MistakenKind {
  /// What the policy is, if it certainly is not the kind that it was pasted as.
  static func finding(_ policy: Policy, pastedAs kind: PolicyKind) -> PolicyFinding? {
    guard let first = policy.statements.first, let found = kindOf(policy), found != kind else { return nil }
    let (code, name, member) = told(found)
    return PolicyFinding(
      code, .error, at: first.place, "This is \(name), and it was pasted as \(told(kind).name).",
      hint: "Check it as \(member), and paste \(told(kind).name) here: \(whereItIs(kind)).")
  }

  private static func kindOf(_ policy: Policy) -> PolicyKind? {
    func all(_ test: (Policy.Statement) -> Bool) -> Bool { policy.statements.allSatisfy(test) }
    let service = { (statement: Policy.Statement, name: String) in
      statement.action?.values.isEmpty == false
        && statement.action?.values.allSatisfy { $0.value.lowercased().hasPrefix(name) } == true
    }
    if all({ $0.principal == nil && $0.resource != nil && !service($0, "sts:") }) { return .identity }
    if all({ $0.principal != nil && $0.resource == nil && service($0, "sts:") }) { return .trust }
    if all({ $0.principal != nil && $0.resource != nil && service($0, "s3:") }) { return .bucket }
    return nil
  }

  private static func told(_ kind: PolicyKind) -> (code: String, name: String, member: String) {
    switch kind {
    case .trust: ("text.is-trust-policy", "the role's trust policy", "trustPolicy")
    case .identity: ("text.is-permission-policy", "a policy of permissions", "permissionPolicy")
    case .bucket: ("text.is-bucket-policy", "a bucket's policy", "bucketPolicy")
    }
  }

  private static func whereItIs(_ kind: PolicyKind) -> String {
    switch kind {
    case .trust: "in IAM, on the role's page under Trust relationships"
    case .identity: "in IAM, on the role's page under Permissions"
    case .bucket: "in S3, on the bucket's page under Permissions"
    }
  }
}
