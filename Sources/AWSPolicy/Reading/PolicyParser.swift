package import JSON

/// Reads policy documents by the grammar of
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html, and tells every fault.
package struct PolicyParser: Sendable {
  let kind: PolicyKind
  /// What there is to say of the document, in the order of its places.
  package internal(set) var findings: [PolicyFinding] = []

  private init(_ kind: PolicyKind) {
    self.kind = kind
  }

  /// Reads a document.
  package static func parse(_ json: JSONValue, as kind: PolicyKind) -> (policy: Policy, findings: [PolicyFinding]) {
    var parser = PolicyParser(kind)
    let policy = parser.document(json)
    return (policy, parser.findings)
  }

  private mutating func document(_ json: JSONValue) -> Policy {
    var policy = Policy(json: json, knowsVariables: false, statements: [])
    let place = PolicyPlace(json.location, .root)
    guard let object = json.objectValue else {
      refuse("policy.not-an-object", at: place, "A policy document is an object, and this is \(json.kind).")
      return policy
    }
    checkNames(object, place, ["Version", "Id", "Statement"], in: "a policy document")
    checkCharacters(json)
    checkSize(json, place)
    policy.knowsVariables = version(object["Version"], place)
    if let id = object["Id"], id.stringValue == nil {
      refuse("policy.wrong-type", at: place.member("Id", id), "Id is a string, and this is \(id.kind).")
    }
    policy.statements = statements(object["Statement"], place)
    checkSids(policy.statements)
    return policy
  }

  private mutating func version(_ value: JSONValue?, _ place: PolicyPlace) -> Bool {
    guard let value else {
      warnOfVersion(
        "policy.version-missing",
        "The document has no Version, so AWS reads it as 2008-10-17, which knows no policy variables.", place)
      return false
    }
    switch value.stringValue {
    case "2012-10-17": return true
    case "2008-10-17":
      if kind == .identity {
        warnOfVersion(
          "policy.version-old", "Version 2008-10-17 knows no policy variables.", place.member("Version", value))
      }
      return false
    default:
      refuse(
        "policy.version-unknown", at: place.member("Version", value),
        "AWS knows the versions 2012-10-17 and 2008-10-17 alone; this is the grammar's version, not the document's date.",
        hint: "Write \"Version\": \"2012-10-17\".")
      return true
    }
  }

  /// An inline policy is stored with an earlier version, and a managed one is not: Meteor-CollectionFS#630.
  private mutating func warnOfVersion(_ code: String, _ message: String, _ place: PolicyPlace) {
    let words = "As a managed policy AWS refuses it: Policy document must be version 2012-10-17 or greater."
    findings.append(
      PolicyFinding(
        code, .warning, at: place, kind == .identity ? "\(message) \(words)" : message,
        hint: "Write \"Version\": \"2012-10-17\"."))
  }

  private mutating func statements(_ value: JSONValue?, _ place: PolicyPlace) -> [Policy.Statement] {
    guard let value else {
      refuse("policy.statement-missing", at: place, "The document has no Statement.")
      return []
    }
    let here = place.member("Statement", value)
    switch value.content {
    case .object(let object):
      return [statement(object, 0, here)]
    case .array(let elements):
      if elements.isEmpty {
        refuse("policy.statement-missing", at: here, "The document has no statement.", words: "policy.statement-empty")
      }
      return elements.enumerated().compactMap { index, element in
        let place = here.element(index, element)
        guard let object = element.objectValue else {
          refuse("policy.wrong-type", at: place, "A statement is an object, and this is \(element.kind).")
          return nil
        }
        return statement(object, index, place)
      }
    default:
      refuse("policy.wrong-type", at: here, "Statement is an object or an array of them, and this is \(value.kind).")
      return []
    }
  }

  private mutating func checkSids(_ statements: [Policy.Statement]) {
    var seen: Set<String> = []
    for statement in statements {
      guard let sid = statement.sid, !sid.isEmpty, !seen.insert(sid).inserted else { continue }
      refuse(
        "policy.sid-twice", at: statement.place,
        "Two statements have the Sid \"\(sid.prefixForMessage)\".")
    }
  }

  /// Puts down a fault with which AWS does not store the document, with what AWS says of it, where that is known; it
  /// may name a value.
  mutating func refuse(
    _ code: String, at place: PolicyPlace?, _ message: String, hint: String? = nil, words: String? = nil,
    naming value: String = ""
  ) {
    let said = RefusalWords.sentence(for: words ?? code, in: kind, naming: value)
    findings.append(PolicyFinding(code, .error, at: place, message + said, hint: hint, isRefusedByAWS: true))
  }

  /// Element names are compared with case; one in other case is told with its right spelling.
  mutating func checkNames(_ object: JSONObject, _ place: PolicyPlace, _ known: [String], in whole: String) {
    for member in object.members where !known.contains(member.name) {
      let here = PolicyPlace(member.nameLocation ?? member.value.location, place.pointer.appending(member.name))
      if let right = known.first(where: { $0.lowercased() == member.name.lowercased() }) {
        refuse(
          "policy.element-case", at: here, "AWS compares the names of elements with case.",
          hint: "Write \"\(right)\".")
      } else {
        refuse(
          "policy.element-unknown", at: here,
          "\"\(member.name.prefixForMessage)\" is no element of \(whole); AWS refuses it as a syntax error.",
          hint: "Known are \(known.joined(separator: ", ")).")
      }
    }
  }
}
