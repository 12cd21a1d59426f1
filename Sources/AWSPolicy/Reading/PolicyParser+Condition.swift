import JSON

extension PolicyParser {
  mutating func conditions(_ value: JSONValue, _ place: PolicyPlace) -> [Policy.Condition] {
    guard let operators = value.objectValue else {
      refuse("policy.wrong-type", at: place, "Condition is an object, and this is \(value.kind).")
      return []
    }
    return operators.members.flatMap { member in
      conditions(
        member, PolicyPlace(member.nameLocation ?? member.value.location, place.pointer.appending(member.name)))
    }
  }

  private mutating func conditions(_ member: JSONObject.Member, _ place: PolicyPlace) -> [Policy.Condition] {
    let test = ConditionOperator(member.name)
    if test == nil { refuseOperator(member.name, place) }
    guard let keys = member.value.objectValue else {
      refuse("policy.wrong-type", at: place, "An operator holds an object of keys, and this is \(member.value.kind).")
      return []
    }
    return keys.members.map { key in
      let here = place.member(key.name, key.value)
      if !key.name.utf8.contains(UInt8(ascii: ":")) {
        refuse(
          "policy.condition-key", at: PolicyPlace(key.nameLocation ?? key.value.location, here.pointer),
          "A condition key begins with the name of its service, as in aws:SourceIp; this is "
            + "\"\(key.name.prefixForMessage)\".",
          hint: PolicyMender.keys[key.name.lowercased()].map { "Write \($0)." } ?? "Write aws:, sts: or s3: before it.")
      }
      return Policy.Condition(
        test: test, operatorName: member.name, key: key.name, values: values(key.value, here), place: here)
    }
  }

  private mutating func refuseOperator(_ name: String, _ place: PolicyPlace) {
    let right = PolicyMender.operatorName(name)
    refuse(
      "policy.condition-operator", at: place,
      "\"\(name.prefixForMessage)\" is no condition operator.",
      hint: right == name
        ? "The operators are StringEquals, StringLike, Bool, IpAddress and others." : "Write \(right).",
      naming: name)
  }

  /// Strings, numbers and booleans, alone or in an array.
  private mutating func values(_ value: JSONValue, _ place: PolicyPlace) -> [Policy.Text] {
    guard let elements = value.arrayValue else { return self.value(value, place).map { [$0] } ?? [] }
    return elements.enumerated().compactMap { index, element in self.value(element, place.element(index, element)) }
  }

  private mutating func value(_ value: JSONValue, _ place: PolicyPlace) -> Policy.Text? {
    switch value.content {
    case .string(let text): return Policy.Text(value: text, place: place)
    case .number(let number): return Policy.Text(value: number.text, place: place)
    case .bool(let bool): return Policy.Text(value: bool ? "true" : "false", place: place)
    case .null, .array, .object:
      refuse(
        "policy.wrong-type", at: place, "A condition's value is a string, a number or a boolean; this is \(value.kind)."
      )
      return nil
    }
  }
}
