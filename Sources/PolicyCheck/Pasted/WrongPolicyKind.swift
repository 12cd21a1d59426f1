import AWSPolicy

/// Recognises a policy that was pasted in the place of another: each kind has other elements.
enum WrongPolicyKind {
  /// Returns a finding if the policy certainly is another kind than it was pasted as.
  static func finding(_ policy: Policy, pastedAs kind: PolicyKind) -> CheckFinding? {
    guard let first = policy.statements.first, let found = kindOf(policy), found != kind else { return nil }
    let (code, name, field) = description(found)
    return CheckFinding(
      .text(code), .error, at: first.position, "This is \(name), but it was given as \(description(kind).name).",
      hint: "Check it as \(field), and paste \(description(kind).name) here. You find it \(location(kind)).")
  }

  private static func kindOf(_ policy: Policy) -> PolicyKind? {
    func all(_ test: (Policy.Statement) -> Bool) -> Bool { policy.statements.allSatisfy(test) }
    func service(_ statement: Policy.Statement, _ name: String) -> Bool {
      statement.action?.values.isEmpty == false
        && statement.action?.values.allSatisfy { $0.value.lowercased().hasPrefix(name) } == true
    }
    if all({ $0.principal == nil && $0.resource != nil && !service($0, "sts:") }) { return .identity }
    if all({ $0.principal != nil && $0.resource == nil && service($0, "sts:") }) { return .trust }
    if all({ $0.principal != nil && $0.resource != nil && service($0, "s3:") }) { return .bucket }
    if all({ $0.principal != nil && $0.resource != nil && service($0, "kms:") }) { return .key }
    return nil
  }

  private static func description(_ kind: PolicyKind) -> (code: TextCode, name: String, field: String) {
    switch kind {
    case .trust: (.isTrustPolicy, "a trust policy", "trustPolicy")
    case .identity: (.isPermissionPolicy, "a permission policy", "permissionPolicy")
    case .bucket: (.isBucketPolicy, "a bucket policy", "bucketPolicy")
    case .key: (.isKeyPolicy, "a key policy", "keyPolicy")
    }
  }

  private static func location(_ kind: PolicyKind) -> String {
    switch kind {
    case .trust: "in the AWS console under IAM > Roles > your role > Trust relationships"
    case .identity: "in the AWS console under IAM > Roles > your role > Permissions"
    case .bucket: "in the AWS console under S3 > your bucket > Permissions"
    case .key: "in the AWS console under KMS > Customer managed keys > your key > Key policy"
    }
  }
}
