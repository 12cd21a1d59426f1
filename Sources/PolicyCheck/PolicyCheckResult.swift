package import AWSPolicy
package import JSON

/// What came of a check, by section 6 of the contract.
package struct PolicyCheckResult: Sendable {
  /// Whether a policy does what it is for, and no more.
  package enum Verdict: String, Sendable {
    case works
    case unsafe
    case blocked
    case undetermined

    /// The one that matters more: a hole before a wall, a wall before a doubt.
    static func worse(_ left: Verdict, _ right: Verdict) -> Verdict {
      let order: [Verdict] = [.unsafe, .blocked, .undetermined]
      return order.first { $0 == left || $0 == right } ?? .works
    }
  }

  /// What came of one policy.
  package struct Part: Sendable {
    /// The verdict.
    package var verdict: Verdict
    /// The probes by name, in their order.
    package var probes: [(name: String, answer: PolicyDecision.Answer)]
    /// What there is to say, in the order of positions.
    package var findings: [CheckFinding]
    /// The condition keys that are not known and that an answer turns on.
    package var assumptions: [String]
    /// The document repaired; `nil` when there is nothing to mend, or no way to.
    package var corrected: JSONValue?
  }

  /// The trust policy's part, if it was given.
  package var trustPolicy: Part?
  /// The permission policy's part, if it was given.
  package var permissionPolicy: Part?
  /// The bucket policy's part, if it was given.
  package var bucketPolicy: Part?

  /// The worst of the parts' verdicts.
  package var verdict: Verdict {
    [trustPolicy, permissionPolicy, bucketPolicy].compactMap { $0?.verdict }.reduce(.works, Verdict.worse)
  }

  /// The answer's body.
  package func json(iccVersion: Int64) -> JSONValue {
    var body = JSONObject([("verdict", .string(verdict.rawValue)), ("iccVersion", .number(iccVersion))])
    body["trustPolicy"] = trustPolicy?.json
    body["permissionPolicy"] = permissionPolicy?.json
    body["bucketPolicy"] = bucketPolicy?.json
    return JSONValue(.object(body))
  }
}

extension PolicyCheckResult.Part {
  var json: JSONValue {
    [
      "verdict": .string(verdict.rawValue),
      "probes": .object(probes.map { ($0.name, .string($0.answer.rawValue)) }),
      "findings": .array(findings.map(\.json)),
      "assumptions": .array(assumptions.map { .string($0) }),
      "corrected": corrected ?? .null,
    ]
  }
}

extension CheckFinding {
  var json: JSONValue {
    [
      "code": .string(code.text), "severity": .string(severity.rawValue),
      "line": position?.location.map { .number($0.line) } ?? .null,
      "column": position?.location.map { .number($0.column) } ?? .null,
      "pointer": position.map { .string($0.pointer.description) } ?? .null,
      "message": .string(message), "hint": hint.map { .string($0) } ?? .null,
    ]
  }
}
