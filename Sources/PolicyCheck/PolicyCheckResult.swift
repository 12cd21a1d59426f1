package import AWSPolicy
package import JSON

/// The result of a check of pasted policies.
package struct PolicyCheckResult: Sendable {
  /// True if a policy does what it is for, and not more.
  package enum Verdict: String, Sendable {
    case works
    case unsafe
    case blocked
    case undetermined

    /// The more important verdict: unsafe, then blocked, then undetermined.
    static func worse(_ left: Verdict, _ right: Verdict) -> Verdict {
      let order: [Verdict] = [.unsafe, .blocked, .undetermined]
      return order.first { $0 == left || $0 == right } ?? .works
    }
  }

  /// The result for one policy.
  package struct Part: Sendable {
    /// The verdict.
    package var verdict: Verdict
    /// The probes by name, in their order.
    package var probes: [(name: String, answer: PolicyDecision.Answer)]
    /// The findings, in the order of positions.
    package var findings: [CheckFinding]
    /// The unknown condition keys that an answer depends on.
    package var assumptions: [String]
    /// The repaired document; `nil` if there is nothing to repair, or no way to.
    package var corrected: JSONValue?
    /// The other principals that the policy allows.
    package var others: [OtherPrincipal] = []
    /// The number of steps that the evaluation took.
    package var steps = 0
    /// The organisation's other ICCs on the role, and whether the trust policy serves each.
    package var siblings: [(icc: PolicyCheckSubject.Sibling, isServed: Bool)]?
  }

  /// The trust policy's part, if it was given.
  package var trustPolicy: Part?
  /// The permission policy's part, if it was given.
  package var permissionPolicy: Part?
  /// The bucket policy's part, if it was given.
  package var bucketPolicy: Part?
  /// The key policy's part, if it was given.
  package var keyPolicy: Part?

  /// The worst of the parts' verdicts.
  package var verdict: Verdict {
    [trustPolicy, permissionPolicy, bucketPolicy, keyPolicy].compactMap { $0?.verdict }.reduce(.works, Verdict.worse)
  }

  /// The answer's body.
  package func json(iccVersion: Int64) -> JSONValue {
    var body = JSONObject([("verdict", .string(verdict.rawValue)), ("iccVersion", .number(iccVersion))])
    body["trustPolicy"] = trustPolicy?.json
    body["permissionPolicy"] = permissionPolicy?.json
    body["bucketPolicy"] = bucketPolicy?.json
    body["keyPolicy"] = keyPolicy?.json
    return JSONValue(.object(body))
  }
}

extension PolicyCheckResult.Part {
  var json: JSONValue {
    var body = JSONObject([
      ("verdict", .string(verdict.rawValue)),
      ("probes", .object(probes.map { ($0.name, .string($0.answer.rawValue)) })),
      ("findings", .array(findings.map(\.json))),
      ("assumptions", .array(assumptions.map { .string($0) })),
      ("others", .array(others.map(\.json))),
    ])
    body["siblings"] = siblings.map { siblings in
      .array(
        siblings.map { ["id": .string($0.icc.id), "name": .string($0.icc.name), "served": .bool($0.isServed)] })
    }
    body["corrected"] = corrected ?? .null
    return JSONValue(.object(body))
  }
}

extension OtherPrincipal {
  /// The maximum number of conditions, and of values of each. They are repeated for each principal
  /// of a statement, so the result must not have all of a long statement.
  private static let maxConditions = 8

  var json: JSONValue {
    [
      "principal": .string(principal), "statement": .number(statement),
      "line": position.location.map { .number($0.line) } ?? .null,
      "conditions": .array(
        conditions.prefix(Self.maxConditions).map { condition in
          [
            "operator": .string(condition.operatorName), "key": .string(condition.key),
            "values": .array(
              condition.values.prefix(Self.maxConditions).map { .string($0.value.prefixForMessage) }),
          ]
        }),
      "kind": .string(kind.rawValue),
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
