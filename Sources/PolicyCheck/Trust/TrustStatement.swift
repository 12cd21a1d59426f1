import AWSPolicy
import JSON

/// A statement of a trust policy that is being corrected.
struct TrustStatement {
  let json: JSONValue
  /// A document with this statement only.
  let policy: Policy
  /// True if the statement alone is all that InfoSum needs, and no more.
  let serves: Bool
  private let meant: [Policy.PrincipalEntry]
  /// The entries that are not meant for this ICC.
  let others: [Policy.PrincipalEntry]
  private let subject: PolicyCheckSubject

  init(_ json: JSONValue, _ check: TrustCheck, policyNamesSession: Bool) {
    self.json = json
    subject = check.subject
    let document: JSONValue = ["Version": .string(PolicyDocument.version), "Statement": [json]]
    policy = PolicyParser.parse(document, as: .trust).policy
    guard let statement = policy.statements.first else {
      (meant, others, serves) = ([], [], false)
      return
    }
    let traits = StatementTraits(statement, policyNamesSession: policyNamesSession, check.subject)
    let entries = statement.principal?.entries ?? []
    meant = entries.filter { TrustPrincipal($0, of: traits, check.subject).isMeantForThisICC }
    others = entries.filter { !TrustPrincipal($0, of: traits, check.subject).isMeantForThisICC }
    serves = !meant.isEmpty && check.verdict(document) == .works
  }

  var object: JSONObject? { json.objectValue }
  var parsed: Policy.Statement? { policy.statements.first }

  /// True if the statement is meant for InfoSum: it names InfoSum, everyone, or no principal at
  /// all.
  var isMeantForThisICC: Bool {
    guard let parsed else { return false }
    return parsed.principal.map { $0.isEveryone || !meant.isEmpty } ?? (parsed.effect != .deny)
  }

  /// True if all its actions belong to other services: IAM does not store such a statement in a
  /// trust policy.
  var isAboutOtherActions: Bool {
    guard let values = parsed?.action?.values, !values.isEmpty else { return false }
    return values.allSatisfy { $0.value.contains(":") && !$0.value.lowercased().hasPrefix("sts:") }
  }

  /// Returns the statement with InfoSum's session in place of what was meant to be it, if nothing
  /// else is wrong in it.
  func renamed(_ check: TrustCheck) -> JSONValue? {
    guard var result = object, !meant.isEmpty else { return nil }
    result["Principal"] = principal()
    let renamed = JSONValue(.object(result))
    guard TrustStatement(renamed, check, policyNamesSession: true).serves else { return nil }
    return renamed
  }

  /// `Principal` with InfoSum's session where it was meant, in the same form.
  private func principal() -> JSONValue {
    let session = subject.session.description
    guard var kinds = parsed?.principal.flatMap({ _ in object?["Principal"]?.objectValue }), !meant.isEmpty else {
      return ["AWS": .string(session)]
    }
    if let entries = kinds["AWS"]?.arrayValue {
      let meant = Set(meant.map(\.text.value))
      let texts = entries.compactMap(\.stringValue).map { meant.contains($0) ? session : $0 }
      kinds["AWS"] = .array(texts.removingDuplicates().map { .string($0) })
    } else {
      kinds["AWS"] = .string(session)
    }
    return JSONValue(.object(kinds))
  }

  /// Returns the statement for some of its principals only.
  func json(for entries: [Policy.PrincipalEntry]) -> JSONValue {
    guard var result = object else { return json }
    var kinds = JSONObject()
    for entry in entries {
      let name = entry.kind.rawValue
      let earlier = kinds[name]?.arrayValue ?? (kinds[name].map { [$0] } ?? [])
      kinds[name] = earlier.isEmpty ? .string(entry.text.value) : .array(earlier + [.string(entry.text.value)])
    }
    result["Principal"] = JSONValue(.object(kinds))
    return JSONValue(.object(result))
  }

  /// A statement for InfoSum's session only, with its other conditions where they can hold.
  var served: JSONValue {
    guard var result = object else { return json }
    result["NotPrincipal"] = nil as JSONValue?
    if !others.isEmpty { result["Sid"] = nil as JSONValue? }
    result["Effect"] = "Allow"
    result["Principal"] = others.isEmpty ? principal() : ["AWS": .string(subject.session.description)]
    if let action = action() {
      result["NotAction"] = nil as JSONValue?
      result["Action"] = action
    }
    result["Condition"] = conditions()
    return JSONValue(.object(result))
  }

  /// The action with `sts:AssumeRole` in it; nil if it allows that already.
  private func action() -> JSONValue? {
    guard let action = parsed?.action, !action.isNegated, object?["NotAction"] == nil else { return "sts:AssumeRole" }
    let names = action.values.map { $0.value.lowercased() }
    if names.contains(where: { ["sts:assumerole", "sts:*", "sts:assumerole*"].contains($0) }) { return nil }
    guard let elements = object?["Action"]?.arrayValue, elements.contains(where: { $0 == "sts:TagSession" }) else {
      return "sts:AssumeRole"
    }
    return .array(["sts:AssumeRole"] + elements)
  }

  private func conditions() -> JSONValue {
    let block = object?["Condition"]?.objectValue ?? JSONObject()
    let right = "StringEquals"
    var result = JSONObject()
    var isPlaced = false
    func position(in keys: inout JSONObject, at key: String) {
      if !isPlaced { keys[key] = .oneOrMany(subject.externalIDs) }
      isPlaced = true
    }
    for member in block.members {
      var kept = result[member.name]?.objectValue ?? JSONObject()
      for key in member.value.objectValue?.members ?? [] {
        guard let condition = condition(member.name, key.name) else { continue }
        if !condition.isExternalID {
          if condition.test != nil, holds(condition, subject.externalID) != .no { kept[key.name] = key.value }
        } else if isSafe(condition), !isPlaced {
          kept[key.name] = key.value
          isPlaced = true
        } else if member.name == right {
          position(in: &kept, at: key.name)
        } else {
          var keys = result[right]?.objectValue ?? JSONObject()
          position(in: &keys, at: "sts:ExternalId")
          if !keys.isEmpty { result[right] = JSONValue(.object(keys)) }
        }
      }
      if !kept.isEmpty { result[member.name] = JSONValue(.object(kept)) }
    }
    if !isPlaced {
      var keys = result[right]?.objectValue ?? JSONObject()
      position(in: &keys, at: "sts:ExternalId")
      result[right] = JSONValue(.object(keys))
    }
    return JSONValue(.object(result))
  }

  private func condition(_ operatorName: String, _ key: String) -> Policy.Condition? {
    parsed?.conditions.first { $0.operatorName == operatorName && $0.key == key }
  }

  private func holds(_ condition: Policy.Condition, _ externalID: String?) -> TriState {
    PolicyEvaluator.holds(condition, of: policy, in: subject.trustContext(externalID: externalID))
  }

  private func isSafe(_ condition: Policy.Condition) -> Bool {
    holds(condition, subject.externalID) == .yes && holds(condition, nil) == .no
      && holds(condition, "wrong-external-id") == .no
      && subject.pendingExternalID.map { holds(condition, $0) == .yes } ?? true
  }
}
