import AWSPolicy
import JSON

/// A statement of a trust policy that is being corrected.
struct TrustStatement {
  let json: JSONValue
  /// A document of this statement alone.
  let policy: Policy
  /// Whether the statement alone is all that InfoSum needs, and no more.
  let serves: Bool
  private let aimed: [Policy.PrincipalEntry]
  /// The entries that are not InfoSum's.
  let others: [Policy.PrincipalEntry]
  private let subject: PolicyCheckSubject

  init(_ json: JSONValue, _ correction: TrustCorrection) {
    self.json = json
    subject = correction.subject
    let document: JSONValue = ["Version": .string(PolicyDocument.version), "Statement": [json]]
    policy = PolicyParser.parse(document, as: .trust).policy
    let entries = policy.statements.first?.principal?.entries ?? []
    aimed = entries.filter { TrustPrincipal($0, correction.subject).isMeantForInfoSum }
    others = entries.filter { !TrustPrincipal($0, correction.subject).isMeantForInfoSum }
    serves = !aimed.isEmpty && correction.verdict(document) == .works
  }

  var object: JSONObject? { json.objectValue }
  var read: Policy.Statement? { policy.statements.first }

  /// Whether the statement is meant for InfoSum: it names InfoSum, everyone, or nobody at all.
  var isAimed: Bool {
    guard let read else { return false }
    return read.principal.map { $0.isEveryone || !aimed.isEmpty } ?? (read.effect != .deny)
  }

  var namesOtherSessionOnly: Bool {
    !aimed.isEmpty
      && aimed.allSatisfy {
        if case .otherSession = TrustPrincipal($0, subject) { return true }
        return false
      }
  }

  /// The statement with InfoSum's session in position of what was meant to be it, if nothing else is wrong in it.
  func renamed(_ correction: TrustCorrection) -> JSONValue? {
    guard var result = object, !aimed.isEmpty else { return nil }
    result["Principal"] = principal()
    let renamed = JSONValue(.object(result))
    guard TrustStatement(renamed, correction).serves else { return nil }
    return renamed
  }

  /// `Principal` with the session where InfoSum was aimed at, in its shape.
  private func principal() -> JSONValue {
    let session = subject.session.description
    guard var kinds = read?.principal.flatMap({ _ in object?["Principal"]?.objectValue }), !aimed.isEmpty else {
      return ["AWS": .string(session)]
    }
    if let entries = kinds["AWS"]?.arrayValue {
      var texts: [String] = []
      for text in entries.compactMap(\.stringValue) {
        let renamed = aimed.contains { $0.text.value == text } ? session : text
        if !texts.contains(renamed) { texts.append(renamed) }
      }
      kinds["AWS"] = .array(texts.map { .string($0) })
    } else {
      kinds["AWS"] = .string(session)
    }
    return JSONValue(.object(kinds))
  }

  /// The statement for some of its principals alone.
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

  /// A statement for InfoSum's session alone, with its own other conditions where they can hold.
  func served(_ correction: TrustCorrection) -> JSONValue {
    guard var result = object else { return json }
    result["NotPrincipal"] = nil as JSONValue?
    if !others.isEmpty { result["Sid"] = nil as JSONValue? }
    result["Effect"] = "Allow"
    result["Principal"] = others.isEmpty ? principal() : ["AWS": .string(subject.session.description)]
    if let action = action() {
      result["NotAction"] = nil as JSONValue?
      result["Action"] = action
    }
    result["Condition"] = conditions(correction)
    return JSONValue(.object(result))
  }

  /// The action with `sts:AssumeRole` in it; `nil` if it allows that already.
  private func action() -> JSONValue? {
    guard let action = read?.action, !action.isNegated, object?["NotAction"] == nil else { return "sts:AssumeRole" }
    let names = action.values.map { $0.value.lowercased() }
    if names.contains(where: { ["sts:assumerole", "sts:*", "sts:assumerole*"].contains($0) }) { return nil }
    guard let elements = object?["Action"]?.arrayValue, elements.contains(where: { $0 == "sts:TagSession" }) else {
      return "sts:AssumeRole"
    }
    return .array(["sts:AssumeRole"] + elements)
  }

  private func conditions(_ correction: TrustCorrection) -> JSONValue {
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
    read?.conditions.first { $0.operatorName == operatorName && $0.key == key }
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
