import AWSPolicy
import JSON

/// Adds an exception for the customer's role to each Deny statement of a bucket or key policy that
/// certainly blocks it. The rest of the statement stays as it is, and a Deny that only may block it
/// stays untouched.
struct DenyExceptions {
  let probes: StorageProbes
  let requests: [StorageProbes.Probe]

  /// Returns the statements of a policy with the exceptions.
  func added(to statements: [JSONValue], as kind: PolicyKind) -> [JSONValue] {
    guard let role = probes.subject.roleARN else { return statements }
    let document: JSONValue = ["Version": .string(PolicyDocument.version), "Statement": .array(statements)]
    let policy = PolicyParser.parse(document, as: kind).policy
    let decisions = requests.map { probes.evaluate(policy, $0) }
    var result = statements
    for (index, statement) in policy.statements.enumerated() where statement.effect == .deny {
      let blocks = decisions.contains { $0.traces[index].applies == .yes }
      guard blocks, result.indices.contains(statement.index), var fields = result[statement.index].objectValue else {
        continue
      }
      var conditions = fields["Condition"]?.objectValue ?? JSONObject()
      conditions.addException(role: role)
      fields["Condition"] = JSONValue(.object(conditions))
      result[statement.index] = JSONValue(.object(fields))
    }
    return result
  }
}
