import AWSPolicy
import JSON

/// The statements of a trust policy that belong in the role's permission policy: they name no
/// principal and only actions of other services than STS.
struct StorageStatements {
  private let statements: [Policy.Statement]

  init(_ policy: Policy) {
    statements = policy.statements.filter { statement in
      guard statement.principal == nil, let actions = statement.action?.values, !actions.isEmpty else { return false }
      return actions.allSatisfy { $0.value.contains(":") && !$0.value.lowercased().hasPrefix("sts:") }
    }
  }

  /// Returns the findings with one for each such statement in place of all errors inside it.
  func findings(replacing grammarFindings: [CheckFinding]) -> [CheckFinding] {
    guard !statements.isEmpty else { return grammarFindings }
    let pointers = Set(statements.map { $0.position.pointer.description })
    let others = grammarFindings.filter { finding in
      let tokens = finding.position?.pointer.description.split(separator: "/", omittingEmptySubsequences: false) ?? []
      return !pointers.contains(tokens.prefix(3).joined(separator: "/"))
    }
    return others + statements.map(finding)
  }

  private func finding(_ statement: Policy.Statement) -> CheckFinding {
    let actions = statement.action?.values.map(\.value.prefixForMessage).removingDuplicates().prefix(4) ?? []
    return CheckFinding(
      .trust(.storageStatement), .error, at: statement.position,
      "\(statement.name) is about \(actions.joined(separator: ", ")), which belongs in the role's permission policy.",
      hint: "Remove it here, and add it in the AWS console under IAM > Roles > your role > Permissions.",
      isRejectedByAWS: true)
  }
}
