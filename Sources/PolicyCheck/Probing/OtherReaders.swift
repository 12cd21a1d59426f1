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
      statement.effect == .allow && statement.principal?.isNegated == false
        && actions.contains { PolicyEvaluator.names($0, in: statement) }
    }.flatMap(others)
  }

  private func others(_ statement: Policy.Statement) -> [OtherPrincipal] {
    guard let principal = statement.principal else { return [] }
    if principal.isEveryone { return [other("*", .everyone, principal.position, statement)] }
    return principal.entries.compactMap { entry in
      guard entry.text.value != subject.roleARN, let kind = kind(entry) else { return nil }
      return other(entry.text.value, kind, entry.text.position, statement)
    }
  }

  private func other(
    _ text: String, _ kind: OtherPrincipal.Kind, _ position: PolicyPosition, _ statement: Policy.Statement
  ) -> OtherPrincipal {
    OtherPrincipal(
      principal: text, statement: statement.index, position: position, conditions: statement.conditions, kind: kind,
      isUnrestricted: statement.conditions.isEmpty)
  }

  private func kind(_ entry: Policy.PrincipalEntry) -> OtherPrincipal.Kind? {
    switch entry.kind {
    case .service: return .awsService
    case .federated, .canonicalUser: return .foreign
    case .aws: break
    }
    let account: String
    switch PrincipalName(entry.text.value) {
    case .everyone: return .everyone
    case .uniqueID, .other: return nil
    case .account(let text): account = text
    case .arn(let arn): account = arn.account
    }
    let own = [subject.roleARN.flatMap { ARN($0)?.account }, subject.bucketOwner].compactMap { $0 }
    return own.contains(account) ? .ownAccount : .foreign
  }
}
