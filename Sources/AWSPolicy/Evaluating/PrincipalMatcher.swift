/// Whether an element names a session of a role.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
enum PrincipalMatcher {
  static func matches(_ element: Policy.Principal, _ principal: RequestPrincipal) -> TriState {
    if element.isEveryone { return TriState(!element.isNegated) }
    let named = element.entries.anyIs { matches($0, principal) }
    guard element.isNegated else { return named }
    switch named {
    case .no: return .yes
    case .yes where passes(element.entries, principal): return .no
    case .yes, .unknown: return .unknown
    }
  }

  /// Whether `NotPrincipal` passes a session by for certain. AWS looks at the account, the role and the session, in this
  /// order, and a list without the account or the role may meet it all the same; of such a list it cannot be told.
  /// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
  private static func passes(_ entries: [Policy.PrincipalEntry], _ principal: RequestPrincipal) -> Bool {
    let texts = Set(entries.filter { $0.kind == .aws }.map(\.text.value))
    if texts.contains("*") { return true }
    let root = "arn:\(principal.partition):iam::\(principal.account):root"
    let account = texts.contains(principal.account) || texts.contains(root)
    return account && texts.contains(principal.roleARN) && principal.sessionARN.map(texts.contains) == true
  }

  static func matches(_ entry: Policy.PrincipalEntry, _ principal: RequestPrincipal) -> TriState {
    switch entry.kind {
    case .service, .federated: return .no
    // An account's canonical id cannot be told from its number.
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
