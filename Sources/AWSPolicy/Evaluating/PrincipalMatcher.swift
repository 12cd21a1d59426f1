/// True if an element names a session of a role.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
enum PrincipalMatcher {
  static func matches(_ element: Policy.Principal, _ principal: RequestPrincipal) -> TriState {
    if element.isEveryone { return TriState(!element.isNegated) }
    let named = element.entries.anyIs { matches($0, principal) }
    return element.isNegated ? isNotExempt(element.entries, principal, named) : named
  }

  /// True if `NotPrincipal` applies to a session. AWS compares the account, the role and the
  /// session: a list without the session applies to it, and one without the account or the role may
  /// do so.
  /// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
  private static func isNotExempt(
    _ entries: [Policy.PrincipalEntry], _ principal: RequestPrincipal, _ named: TriState
  ) -> TriState {
    let texts = Set(entries.filter { $0.kind == .aws }.map(\.text.value))
    if texts.contains("*") { return .no }
    guard named == .yes else { return named == .no ? .yes : .unknown }
    guard let session = principal.sessionARN else { return .unknown }
    guard texts.contains(session) else { return .yes }
    let root = "arn:\(principal.partition):iam::\(principal.account):root"
    let isComplete = (texts.contains(principal.account) || texts.contains(root)) && texts.contains(principal.roleARN)
    return isComplete ? .no : .unknown
  }

  static func matches(_ entry: Policy.PrincipalEntry, _ principal: RequestPrincipal) -> TriState {
    switch entry.kind {
    case .service, .federated: return .no
    // An account's canonical id does not follow from its number.
    case .canonicalUser: return .unknown
    case .aws: break
    }
    switch PrincipalName(entry.text.value) {
    case .everyone: return .yes
    case .account(let account): return TriState(account == principal.account)
    case .uniqueID: return .unknown
    case .arn(let arn): return matches(arn, principal)
    case .other: return .no
    }
  }

  private static func matches(_ arn: ARN, _ principal: RequestPrincipal) -> TriState {
    guard arn.partition == principal.partition, arn.account == principal.account else { return .no }
    let text = arn.description
    if arn.service == "iam", arn.resource == "root" { return .yes }
    if text == principal.roleARN || text == principal.sessionARN { return .yes }
    guard principal.sessionARN == nil, let entity = IAMEntity(arn), entity.kind == .assumedRole, arn.service == "sts",
      let own = ARN(principal.roleARN).flatMap(IAMEntity.init), own.name == entity.name
    else { return .no }
    return .unknown
  }
}
