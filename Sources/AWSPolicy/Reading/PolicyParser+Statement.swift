import JSON
import Text

extension PolicyParser {
  /// The elements of a statement.
  static let elements = [
    "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition",
  ]

  mutating func statement(_ object: JSONObject, _ index: Int, _ place: PolicyPlace) -> Policy.Statement {
    checkNames(object, place, Self.elements, in: "a statement")
    refuseProhibited(object, place)
    refuseBoth("Action", object, place)
    refuseBoth("Principal", object, place)
    refuseBoth("Resource", object, place)
    var statement = Policy.Statement(index: index, place: place, conditions: [])
    statement.sid = sid(object["Sid"], place)
    statement.effect = effect(object["Effect"], place)
    statement.principal = principal(object, place)
    statement.action = element("Action", object, place)
    statement.resource = element("Resource", object, place)
    statement.conditions = object["Condition"].map { conditions($0, place.member("Condition", $0)) } ?? []
    checkPresence(statement, object)
    checkActions(statement.action)
    checkResources(statement.resource)
    return statement
  }

  private mutating func sid(_ value: JSONValue?, _ place: PolicyPlace) -> String? {
    guard let value else { return nil }
    guard let sid = value.stringValue else {
      refuse("policy.wrong-type", at: place.member("Sid", value), "Sid is a string, and this is \(value.kind).")
      return nil
    }
    let isPlain = sid.utf8.allSatisfy(ASCII.isLetterOrDigit)
    // Only IAM's own policies are held to it: a bucket's may have spaces in a Sid.
    if !isPlain, kind != .bucket {
      refuse("policy.sid", at: place.member("Sid", value), "A Sid is letters A-Z, a-z and digits alone.")
    }
    return sid
  }

  private mutating func effect(_ value: JSONValue?, _ place: PolicyPlace) -> PolicyEffect? {
    guard let value else {
      refuse("policy.effect-missing", at: place, "The statement has no Effect.", hint: "Add \"Effect\": \"Allow\".")
      return nil
    }
    if let effect = value.stringValue.flatMap({ PolicyEffect(rawValue: $0) }) { return effect }
    refuse(
      "policy.effect", at: place.member("Effect", value),
      "Effect is Allow or Deny, written so: AWS compares it with case.", naming: value.stringValue ?? value.kind)
    return nil
  }

  /// What a trust policy and an identity's policy may not hold.
  private mutating func refuseProhibited(_ object: JSONObject, _ place: PolicyPlace) {
    let prohibited: [String]
    switch kind {
    case .trust: prohibited = ["Resource", "NotResource", "NotPrincipal"]
    case .identity: prohibited = ["Principal", "NotPrincipal"]
    case .bucket: prohibited = []
    }
    for name in prohibited {
      guard let member = object.member(name) else { continue }
      let here = PolicyPlace(member.nameLocation ?? member.value.location, place.pointer.appending(name))
      refuse(
        "policy.prohibited-element", at: here,
        kind == .trust
          ? "A trust policy may not have \(name): it is about the role that it stands in, and lets in by name."
          : "A policy of a role may not have \(name): it is about the role that it is attached to.",
        hint: name == "NotPrincipal" && kind == .trust
          ? "Name who is let in: \"Principal\": {\"AWS\": \"arn:…\"}."
          : kind == .trust ? "Remove \(name)." : "Remove \(name); a principal belongs in a trust or bucket policy.",
        words: "policy.prohibited-\(name)")
    }
  }

  private mutating func refuseBoth(_ name: String, _ object: JSONObject, _ place: PolicyPlace) {
    guard object[name] != nil, let second = object.member("Not" + name) else { return }
    refuse(
      "policy.both-elements",
      at: PolicyPlace(second.nameLocation ?? second.value.location, place.pointer.appending("Not" + name)),
      "A statement may not have both \(name) and Not\(name).")
  }

  private mutating func checkPresence(_ statement: Policy.Statement, _ object: JSONObject) {
    if object["Action"] == nil, object["NotAction"] == nil {
      refuse("policy.action-missing", at: statement.place, "The statement has no Action.")
    }
    if kind != .identity, object["Principal"] == nil, object["NotPrincipal"] == nil {
      refuse(
        "policy.principal-missing", at: statement.place,
        "The statement has no Principal.",
        hint: kind == .trust
          ? "Add \"Principal\": {\"AWS\": \"arn:…\"}." : "A bucket's policy names whom each statement is about.")
    }
    if kind != .trust, object["Resource"] == nil, object["NotResource"] == nil {
      refuse(
        "policy.resource-missing", at: statement.place,
        "The statement has no Resource.")
    }
  }

  /// `Action` or `NotAction`, `Resource` or `NotResource`.
  private mutating func element(_ name: String, _ object: JSONObject, _ place: PolicyPlace) -> Policy.Element? {
    for (name, isNegated) in [(name, false), ("Not" + name, true)] {
      guard let value = object[name] else { continue }
      let here = place.member(name, value)
      let values = strings(value, name, here)
      if values.isEmpty, value.arrayValue?.isEmpty == true {
        refuse("policy.empty", at: here, "\(name) has no value.")
      }
      return Policy.Element(isNegated: isNegated, values: values, place: here)
    }
    return nil
  }

  /// One string, or an array of them.
  mutating func strings(_ value: JSONValue, _ name: String, _ place: PolicyPlace) -> [Policy.Text] {
    if let text = value.stringValue { return [Policy.Text(value: text, place: place)] }
    guard let elements = value.arrayValue else {
      refuse("policy.wrong-type", at: place, "\(name) is a string or an array of strings, and this is \(value.kind).")
      return []
    }
    return elements.enumerated().compactMap { index, element in
      let here = place.element(index, element)
      guard let text = element.stringValue else {
        refuse("policy.wrong-type", at: here, "\(name) holds strings, and this is \(element.kind).")
        return nil
      }
      return Policy.Text(value: text, place: here)
    }
  }

  private mutating func checkActions(_ element: Policy.Element?) {
    for text in element?.values ?? [] {
      let action = text.value.lowercased()
      if kind == .trust, !action.hasPrefix("sts:") {
        refuse(
          "policy.action-not-sts", at: text.place,
          "\"\(text.value.prefixForMessage)\" is no action of a trust policy.", hint: "Write \"sts:AssumeRole\".")
      } else if action != "*", !action.utf8.contains(UInt8(ascii: ":")) {
        refuse(
          "policy.action-vendor", at: text.place,
          "An action begins with the name of its service, and this is \"\(text.value.prefixForMessage)\".",
          hint: "Write \"s3:\(text.value.prefixForMessage)\", if the service is S3.")
      } else if action.utf8.count(where: { $0 == UInt8(ascii: ":") }) > 1 {
        refuse(
          "policy.action-colons", at: text.place,
          "An action is a service and a name, and this has more parts: \"\(text.value.prefixForMessage)\".")
      }
    }
  }

  private mutating func checkResources(_ element: Policy.Element?) {
    guard kind != .trust else { return }
    for text in element?.values ?? [] where text.value != "*" && ARN(text.value) == nil {
      refuse(
        "policy.resource-not-arn", at: text.place,
        "\"\(text.value.prefixForMessage)\" is no ARN.",
        hint: "A bucket is arn:aws:s3:::NAME, its objects are arn:aws:s3:::NAME/*.", naming: text.value)
    }
  }
}
