import AWSPolicy

/// Finds the principals besides the customer's role that a bucket or key policy allows.
struct OtherReaders {
  let subject: PolicyCheckSubject
  let policy: Policy
  /// The actions that give access to data.
  let actions: [String]

  /// The principals, in the order of the policy.
  var all: [OtherPrincipal] {
    policy.statements.filter { statement in
      statement.effect == .allow && statement.principal != nil
        && actions.contains { PolicyEvaluator.names($0, in: statement) }
    }.flatMap(others)
  }

  private func others(_ statement: Policy.Statement) -> [OtherPrincipal] {
    guard let principal = statement.principal else { return [] }
    // NotPrincipal in an Allow is everyone except a few.
    if principal.isEveryone || principal.isNegated { return [other("*", .everyone, principal.position, statement)] }
    return principal.entries.compactMap { entry in
      guard entry.text.value != subject.roleARN, let kind = OtherPrincipal.Kind(entry, own: own) else { return nil }
      return other(entry.text.value, kind, entry.text.position, statement)
    }
  }

  /// The accounts of the role and of the bucket.
  private var own: [String?] { [subject.roleARN.flatMap { ARN($0)?.account }, subject.bucketOwner] }

  private func other(
    _ text: String, _ kind: OtherPrincipal.Kind, _ position: PolicyPosition, _ statement: Policy.Statement
  ) -> OtherPrincipal {
    OtherPrincipal(
      principal: text, statement: statement.index, position: position, conditions: statement.conditions, kind: kind,
      isUnrestricted: statement.conditions.isEmpty)
  }
}
