import AWSPolicy

extension Policy.Statement {
  /// The reason a statement's effect is undetermined, as a sentence fragment.
  func uncertainty(_ decisions: [PolicyDecision], at index: Int?, isTrust: Bool = false) -> String {
    let traces = index.map { index in decisions.map { $0.traces[index] }.filter { $0.applies == .unknown } } ?? []
    let keys = conditions.indices
      .filter { index in traces.contains { $0.conditions[index] == .unknown } }
      .map { conditions[$0].key }.removingDuplicates()
    if keys.isEmpty, principal?.isNegated == true {
      return "NotPrincipal only exempts a session for certain if its account, its role and the session are all named"
    }
    if keys.isEmpty { return "it depends on values the registry cannot see" }
    return keys.map { ConditionReason.uncertainty($0, isTrust: isTrust) }.joined(separator: "; ")
  }
}

extension PolicyDecision {
  /// True if a Deny statement decides the answer, or may do so.
  var isDenied: Bool { explicitDeny == .yes || explicitDeny == .unknown && answer == .unknown }
}
