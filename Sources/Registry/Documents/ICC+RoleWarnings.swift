extension ICC {
  /// The number of other ICCs that a warning names.
  package static let maxNamedOthers = 5

  /// Returns a warning if other ICCs of the organisation use the same role; empty without `others`.
  package func warnings(sharingRoleWith others: [ICC]) -> [Diagnostic] {
    guard !others.isEmpty else { return [] }
    let names = others.prefix(Self.maxNamedOthers).map { "“\($0.name)”" }.joined(separator: ", ")
    let more = others.count > Self.maxNamedOthers ? " and others" : ""
    return [
      Diagnostic(
        pointer: "/userArn", code: "user-arn.shared-with-your-iccs",
        detail: "Your organisation also uses this role for \(names)\(more).",
        hint: "A role has one trust policy, which needs a statement for each of these ICCs. The set-up kit shows the "
          + "whole policy. Keep the other statements of the policy in AWS.")
    ]
  }
}
