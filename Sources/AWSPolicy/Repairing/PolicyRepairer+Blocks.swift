import JSON

extension PolicyRepairer {
  /// Puts a bare ARN or account, or an array of them, under `AWS`, and corrects the case of the
  /// kinds. Removes entries that AWS rejects from an Allow, as long as others remain: that only
  /// allows less.
  func principal(_ statement: inout JSONObject) {
    for name in ["Principal", "NotPrincipal"] {
      guard let value = statement[name] else { continue }
      if kind != .trust, value.stringValue == "*" { continue }
      if value.stringValue != nil || value.arrayValue != nil {
        statement[name] = ["AWS": value]
      }
      guard let object = statement[name]?.objectValue else { continue }
      var spelled = Self.spelled(object, PolicyGrammar.principalKinds)
      if let entries = spelled["AWS"], statement["Effect"]?.stringValue == PolicyEffect.allow.rawValue {
        spelled["AWS"] = storable(entries)
      }
      statement[name] = JSONValue(.object(spelled))
    }
  }

  private func storable(_ value: JSONValue) -> JSONValue {
    if let text = value.stringValue { return .string(HiddenCharacter.removed(from: text)) }
    // An account ID without quotation marks.
    if let number = value.numberValue { return .string(number.text) }
    guard let elements = value.arrayValue else { return value }
    let texts = elements.compactMap { ($0.stringValue ?? $0.numberValue?.text).map(HiddenCharacter.removed(from:)) }
    let good = texts.filter(PrincipalName.isAccepted)
    return .array((good.isEmpty ? texts : good).map { .string($0) })
  }

  /// Returns the condition block with the right names of operators and keys.
  func condition(_ value: JSONValue) -> JSONValue {
    if let elements = value.arrayValue, elements.count == 1, let only = elements.first, only.objectValue != nil {
      return condition(only)
    }
    guard let block = value.objectValue else { return value }
    var result = block
    for index in block.members.indices {
      let name = block.members[index].name
      let right = ConditionOperator.correctedName(name)
      if right != name, result.member(right) == nil { result.members[index].name = right }
      guard let keys = block.members[index].value.objectValue else { continue }
      result.members[index].value = JSONValue(.object(self.keys(keys)))
    }
    return JSONValue(.object(result), location: value.location)
  }

  private func keys(_ object: JSONObject) -> JSONObject {
    var result = object
    for index in object.members.indices {
      let member = object.members[index]
      if let right = PolicyGrammar.unprefixedKeys[member.name.lowercased()], result.member(right) == nil {
        result.members[index].name = right
      }
      result.members[index].value = Self.values(member.value)
    }
    return result
  }

  private static func values(_ value: JSONValue) -> JSONValue {
    if let text = value.stringValue { return .string(HiddenCharacter.removed(from: text)) }
    guard let elements = value.arrayValue else { return value }
    return .array(elements.map(values))
  }
}
