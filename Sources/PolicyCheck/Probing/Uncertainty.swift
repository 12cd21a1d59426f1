import AWSPolicy

extension Policy.Statement {
  /// What it turns on whether a statement applies, as the end of a sentence.
  func uncertainty(_ decisions: [PolicyDecision], at position: Int) -> String {
    let traces = decisions.map { $0.traces[position] }.filter { $0.applies == .unknown }
    let keys = conditions.indices
      .filter { index in traces.contains { $0.conditions[index] == .unknown } }
      .map { conditions[$0].key.prefixForMessage }.removingDuplicates()
    if keys.isEmpty, principal?.isNegated == true {
      return "NotPrincipal passes a session by only where its account, its role and the session are all named"
    }
    if keys.isEmpty { return "whom or what it names cannot be told" }
    let list = keys.joined(separator: ", ")
    let network = ["aws:sourceip", "aws:sourcevpc", "aws:sourcevpce", "aws:vpcsourceip"]
    return keys.allSatisfy { network.contains($0.lowercased()) }
      ? "it turns on \(list), and InfoSum's requests do not come from your network"
      : "it turns on \(list), which cannot be known here"
  }
}

extension PolicyDecision {
  /// Whether the answer is a Deny statement's doing, or may be.
  var isDenied: Bool { explicitDeny == .yes || explicitDeny == .unknown && answer == .unknown }
}
