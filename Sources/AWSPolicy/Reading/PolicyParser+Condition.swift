import JSON

extension PolicyParser {
  mutating func conditions(_ value: JSONValue, _ position: PolicyPosition) -> [Policy.Condition] {
    guard let operators = value.objectValue else {
      reject(.wrongType, at: position, "Condition must be an object, but this is \(value.kind).")
      return []
    }
    return operators.members.flatMap { conditions($0, position.name(of: $0)) }
  }

  private mutating func conditions(
    _ member: JSONObject.Member, _ position: PolicyPosition
  ) -> [Policy.Condition] {
    let test = ConditionOperator(member.name)
    if test == nil { rejectOperator(member.name, position) }
    guard let keys = member.value.objectValue else {
      reject(
        .wrongType, at: position,
        "A condition operator must hold an object of condition keys, but this is \(member.value.kind).",
        hint: member.name.contains(":") ? "Put the key inside an operator, such as StringEquals." : nil)
      return []
    }
    return keys.members.map { key in
      let here = position.member(key.name, key.value)
      checkKey(key, PolicyPosition(key.nameLocation ?? key.value.location, here.pointer))
      let condition = Policy.Condition(
        test: test, operatorName: member.name, key: key.name, values: values(key.value, here), position: here)
      checkDates(condition)
      return condition
    }
  }

  private mutating func checkKey(_ key: JSONObject.Member, _ position: PolicyPosition) {
    guard !key.name.utf8.contains(UInt8(ascii: ":")) else { return }
    let right = PolicyGrammar.unprefixedKeys[key.name.lowercased()]
    reject(
      .conditionKey, at: position,
      "A condition key starts with its service, as in aws:SourceIp, but this is \"\(key.name.prefixForMessage)\".",
      hint: right.map { "Write \($0)." } ?? "Add aws:, sts: or s3: before it.")
  }

  /// IAM checks a date when it stores a policy; a variable in its place is left alone.
  private mutating func checkDates(_ condition: Policy.Condition) {
    guard kind != .bucket, condition.test?.comparison.isDate == true else { return }
    for text in condition.values where PolicyDate(text.value) == nil && !text.value.contains("${") {
      reject(
        .conditionDate, at: text.position, "\"\(text.value.prefixForMessage)\" is not a date.",
        hint: "Write it as 2027-01-31T12:00:00Z.")
    }
  }

  private mutating func rejectOperator(_ name: String, _ position: PolicyPosition) {
    let right = ConditionOperator.correctedName(name)
    reject(
      .conditionOperator, at: position, "\"\(name.prefixForMessage)\" is not a condition operator.",
      hint: right == name
        ? "Use an operator such as StringEquals, StringLike, Bool or IpAddress." : "Write \(right).")
  }

  /// Strings, numbers and booleans, alone or in an array.
  private mutating func values(_ value: JSONValue, _ position: PolicyPosition) -> [Policy.Text] {
    guard let elements = value.arrayValue else { return self.value(value, position).map { [$0] } ?? [] }
    return elements.enumerated().compactMap { index, element in
      self.value(element, position.element(index, element))
    }
  }

  private mutating func value(_ value: JSONValue, _ position: PolicyPosition) -> Policy.Text? {
    switch value.content {
    case .string(let text): return Policy.Text(value: text, position: position)
    case .number(let number): return Policy.Text(value: number.text, position: position)
    case .bool(let bool): return Policy.Text(value: bool ? "true" : "false", position: position)
    case .null, .array, .object:
      reject(
        .wrongType, at: position,
        "The value of a condition must be a string, a number or a boolean, but this is \(value.kind).")
      return nil
    }
  }
}
