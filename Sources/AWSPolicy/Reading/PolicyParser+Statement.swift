import JSON
import Text

extension PolicyParser {
  mutating func statement(_ object: JSONObject, _ index: Int, _ position: PolicyPosition) -> Policy.Statement {
    checkNames(object, position, PolicyGrammar.statementElements, in: "a statement")
    rejectProhibited(object, position)
    rejectBoth("Action", object, position)
    rejectBoth("Principal", object, position)
    rejectBoth("Resource", object, position)
    var statement = Policy.Statement(index: index, position: position, conditions: [])
    statement.sid = sid(object["Sid"], position)
    statement.effect = effect(object["Effect"], position)
    statement.principal = principal(object, position)
    statement.action = element("Action", object, position)
    statement.resource = element("Resource", object, position)
    statement.conditions = object["Condition"].map { conditions($0, position.member("Condition", $0)) } ?? []
    checkPresence(statement, object)
    checkActions(statement.action)
    checkResources(statement.resource)
    return statement
  }

  private mutating func sid(_ value: JSONValue?, _ position: PolicyPosition) -> String? {
    guard let value else { return nil }
    guard let sid = value.stringValue else {
      reject(.wrongType, at: position.member("Sid", value), "Sid must be a string, but this is \(value.kind).")
      return nil
    }
    let isAlphanumeric = sid.utf8.allSatisfy(ASCII.isLetterOrDigit)
    // S3 and KMS accept spaces in a Sid.
    if !isAlphanumeric, kind == .trust || kind == .identity {
      reject(.sid, at: position.member("Sid", value), "A Sid may only contain the letters A-Z and a-z and digits.")
    }
    return sid
  }

  private mutating func effect(_ value: JSONValue?, _ position: PolicyPosition) -> PolicyEffect? {
    guard let value else {
      reject(.effectMissing, at: position, "The statement has no Effect.", hint: "Add \"Effect\": \"Allow\".")
      return nil
    }
    if let effect = value.stringValue.flatMap({ PolicyEffect(rawValue: $0) }) { return effect }
    reject(
      .effect, at: position.member("Effect", value), "Effect is neither \"Allow\" nor \"Deny\".",
      hint: "Write exactly \"Allow\" or \"Deny\".")
    return nil
  }

  /// Elements that a trust policy and a permission policy must not have.
  private mutating func rejectProhibited(_ object: JSONObject, _ position: PolicyPosition) {
    let prohibited: [String]
    switch kind {
    case .trust: prohibited = ["Resource", "NotResource", "NotPrincipal"]
    case .identity: prohibited = ["Principal", "NotPrincipal"]
    case .bucket, .key: prohibited = []
    }
    for name in prohibited {
      guard let member = object.member(name) else { continue }
      let isNotPrincipal = name == "NotPrincipal" && kind == .trust
      reject(
        .prohibitedElement, at: position.name(of: member),
        kind == .trust
          ? "A trust policy must not have \(name)\(isNotPrincipal ? "." : ": it is always about its own role.")"
          : "A permission policy must not have \(name): it is about the role that it is attached to.",
        hint: isNotPrincipal ? "Name who may assume the role: \"Principal\": {\"AWS\": \"arn:…\"}." : "Remove \(name).",
        naming: name)
    }
  }

  private mutating func rejectBoth(_ name: String, _ object: JSONObject, _ position: PolicyPosition) {
    guard object[name] != nil, let second = object.member("Not" + name) else { return }
    reject(
      .bothElements, at: position.name(of: second), "A statement must not have both \(name) and Not\(name).")
  }

  private mutating func checkPresence(_ statement: Policy.Statement, _ object: JSONObject) {
    if object["Action"] == nil, object["NotAction"] == nil {
      reject(.actionMissing, at: statement.position, "The statement has no Action.")
    }
    if kind != .identity, object["Principal"] == nil, object["NotPrincipal"] == nil {
      reject(
        .principalMissing, at: statement.position, "The statement has no Principal.",
        hint: "Add \"Principal\": {\"AWS\": \"arn:…\"}.")
    }
    if kind != .trust, object["Resource"] == nil, object["NotResource"] == nil {
      reject(.resourceMissing, at: statement.position, "The statement has no Resource.")
    }
  }

  /// `Action` or `NotAction`, `Resource` or `NotResource`.
  private mutating func element(_ name: String, _ object: JSONObject, _ position: PolicyPosition) -> Policy.Element? {
    for (name, isNegated) in [(name, false), ("Not" + name, true)] {
      guard let value = object[name] else { continue }
      let here = position.member(name, value)
      let values = strings(value, name, here)
      if values.isEmpty, value.arrayValue?.isEmpty == true {
        reject(.empty, at: here, "\(name) is empty.")
      }
      return Policy.Element(isNegated: isNegated, values: values, position: here)
    }
    return nil
  }

  /// Reports a function of CloudFormation in place of a value; false for any other value.
  private mutating func rejectFunction(_ value: JSONValue, _ position: PolicyPosition) -> Bool {
    guard let members = value.objectValue?.members, members.count == 1, let name = members.first?.name,
      name == "Ref" || name.hasPrefix("Fn::")
    else { return false }
    reject(
      .templateVariable, at: position,
      "\(name.prefixForMessage) is a function of CloudFormation, which AWS does not evaluate in a stored policy.",
      hint: "Write the value itself, or copy the policy that CloudFormation created.")
    return true
  }

  /// One string, or an array of strings.
  mutating func strings(_ value: JSONValue, _ name: String, _ position: PolicyPosition) -> [Policy.Text] {
    if let text = value.stringValue { return [Policy.Text(value: text, position: position)] }
    guard let elements = value.arrayValue else {
      if rejectFunction(value, position) { return [] }
      reject(
        .wrongType, at: position, "\(name) must be a string or an array of strings, but this is \(value.kind).",
        hint: value.numberValue == nil ? nil : "Put it in quotation marks.")
      return []
    }
    return elements.enumerated().compactMap { index, element in
      let here = position.element(index, element)
      guard let text = element.stringValue else {
        if rejectFunction(element, here) { return nil }
        reject(.wrongType, at: here, "\(name) must hold strings, but this is \(element.kind).")
        return nil
      }
      return Policy.Text(value: text, position: here)
    }
  }
}
