import JSON

extension PolicyMender {
  /// A bare ARN or account, or an array of them, goes under `AWS`; the kinds get their case. Entries that AWS does not
  /// take are left out of an Allow as long as others remain: it lets fewer in.
  func principal(_ statement: inout JSONObject) {
    for name in ["Principal", "NotPrincipal"] {
      guard let value = statement[name] else { continue }
      if kind != .trust, value.stringValue == "*" { continue }
      if value.stringValue != nil || value.arrayValue != nil {
        statement[name] = ["AWS": value]
      }
      guard let object = statement[name]?.objectValue else { continue }
      var spelled = Self.spelled(object, ["AWS", "Service", "Federated", "CanonicalUser"])
      if let entries = spelled["AWS"], statement["Effect"]?.stringValue == PolicyEffect.allow.rawValue {
        spelled["AWS"] = storable(entries)
      }
      statement[name] = JSONValue(.object(spelled))
    }
  }

  private func storable(_ value: JSONValue) -> JSONValue {
    if let text = value.stringValue { return .string(Self.visible(text)) }
    guard let elements = value.arrayValue else { return value }
    let texts = elements.compactMap { $0.stringValue.map(Self.visible) }
    let good = texts.filter(PolicyParser.isStorablePrincipal)
    return .array((good.isEmpty ? texts : good).map { .string($0) })
  }

  /// The condition block with the operators' and keys' right names.
  func condition(_ value: JSONValue) -> JSONValue {
    if let elements = value.arrayValue, elements.count == 1, let only = elements.first, only.objectValue != nil {
      return condition(only)
    }
    guard let block = value.objectValue else { return value }
    var result = block
    for index in block.members.indices {
      let name = block.members[index].name
      let right = Self.operatorName(name)
      if right != name, result.member(right) == nil { result.members[index].name = right }
      guard let keys = block.members[index].value.objectValue else { continue }
      result.members[index].value = JSONValue(.object(self.keys(keys)))
    }
    return JSONValue(.object(result), location: value.location)
  }

  /// Keys whose service is plain without its name.
  static let keys = ["externalid": "sts:ExternalId", "prefix": "s3:prefix", "sourceip": "aws:SourceIp"]

  private func keys(_ object: JSONObject) -> JSONObject {
    var result = object
    for index in object.members.indices {
      let member = object.members[index]
      if let right = Self.keys[member.name.lowercased()], result.member(right) == nil {
        result.members[index].name = right
      }
      result.members[index].value = Self.values(member.value)
    }
    return result
  }

  private static func values(_ value: JSONValue) -> JSONValue {
    if let text = value.stringValue { return .string(visible(text)) }
    guard let elements = value.arrayValue else { return value }
    return .array(elements.map(values))
  }

  /// The operator in its case, and with the letter that is often forgotten: `StringEqual`.
  static func operatorName(_ name: String) -> String {
    if ConditionOperator(name) != nil { return name }
    let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let bare = parts.last?.lowercased() ?? ""
    let right = ConditionOperator.names.lazy.flatMap { [$0, $0 + "IfExists"] }
      .first { bare == $0.lowercased() || bare + "s" == $0.lowercased() }
    guard let right else { return name }
    guard parts.count == 2 else { return right }
    let qualifier = ["ForAllValues", "ForAnyValue"].first { $0.lowercased() == parts[0].lowercased() }
    return qualifier.map { "\($0):\(right)" } ?? name
  }
}
