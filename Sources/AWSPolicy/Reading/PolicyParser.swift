package import JSON

/// Parses policy documents according to the grammar and reports every error in them.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
package struct PolicyParser: Sendable {
  let kind: PolicyKind
  /// The findings, in the order of their positions.
  package internal(set) var findings: [GrammarFinding] = []

  private init(_ kind: PolicyKind) {
    self.kind = kind
  }

  /// Parses a document.
  package static func parse(_ json: JSONValue, as kind: PolicyKind) -> (policy: Policy, findings: [GrammarFinding]) {
    var parser = PolicyParser(kind)
    let policy = parser.document(json)
    return (policy, parser.findings)
  }

  private mutating func document(_ json: JSONValue) -> Policy {
    var policy = Policy(json: json, supportsVariables: false, statements: [])
    let position = PolicyPosition(json.location, .root)
    guard let object = json.objectValue else {
      reject(.notAnObject, at: position, "A policy document must be an object, but this is \(json.kind).")
      return policy
    }
    checkNames(object, position, PolicyGrammar.documentElements, in: "a policy document")
    checkCharacters(json)
    checkSize(json, position)
    policy.supportsVariables = version(object["Version"], position)
    if let id = object["Id"], id.stringValue == nil {
      reject(.wrongType, at: position.member("Id", id), "Id must be a string, but this is \(id.kind).")
    }
    // A name in the wrong case has been reported, and nothing is missing.
    if object.members.contains(where: { $0.name != "Statement" && $0.name.lowercased() == "statement" }),
      object["Statement"] == nil
    {
      return policy
    }
    policy.statements = statements(object["Statement"], position)
    checkSids(policy.statements)
    return policy
  }

  private mutating func version(_ value: JSONValue?, _ position: PolicyPosition) -> Bool {
    guard let value else {
      warnOfVersion(
        .versionMissing,
        "The document has no Version, so AWS uses 2008-10-17, in which policy variables have no meaning.", position)
      return false
    }
    switch value.stringValue {
    case "2012-10-17": return true
    case "2008-10-17":
      if kind == .identity {
        warnOfVersion(
          .versionOld, "In version 2008-10-17, policy variables have no meaning.", position.member("Version", value))
      }
      return false
    default:
      reject(
        .versionUnknown, at: position.member("Version", value),
        "Version must be 2012-10-17 or 2008-10-17. It is the version of the policy language, not the document's date.",
        hint: "Write \"Version\": \"2012-10-17\".")
      return true
    }
  }

  /// IAM stores an inline policy with an earlier version, but not a managed one
  /// (Meteor-CollectionFS#630).
  private mutating func warnOfVersion(_ code: GrammarCode, _ message: String, _ position: PolicyPosition) {
    let managed = kind == .identity ? " IAM does not accept it for a managed policy." : ""
    findings.append(
      GrammarFinding(code, .warning, at: position, message + managed, hint: "Write \"Version\": \"2012-10-17\"."))
  }

  private mutating func statements(_ value: JSONValue?, _ position: PolicyPosition) -> [Policy.Statement] {
    guard let value else {
      reject(.statementMissing, at: position, "The document has no Statement.")
      return []
    }
    let here = position.member("Statement", value)
    switch value.content {
    case .object(let object):
      return [statement(object, 0, here)]
    case .array(let elements):
      if elements.isEmpty { reject(.statementMissing, at: here, "Statement is empty.") }
      return elements.enumerated().compactMap { index, element in
        let position = here.element(index, element)
        guard let object = element.objectValue else {
          reject(.wrongType, at: position, "A statement must be an object, but this is \(element.kind).")
          return nil
        }
        return statement(object, index, position)
      }
    default:
      reject(.wrongType, at: here, "Statement must be an object or an array of objects, but this is \(value.kind).")
      return []
    }
  }

  private mutating func checkSids(_ statements: [Policy.Statement]) {
    var seen: Set<String> = []
    for statement in statements {
      guard let sid = statement.sid, !sid.isEmpty, !seen.insert(sid).inserted else { continue }
      reject(.sidTwice, at: statement.position, "Two statements have the Sid \"\(sid.prefixForMessage)\".")
    }
  }

  /// Reports an error with which AWS rejects the document. `value` is what AWS's own message names.
  mutating func reject(
    _ code: GrammarCode, at position: PolicyPosition?, _ message: String, hint: String? = nil, naming value: String = ""
  ) {
    let quote = AWSErrorText.sentence(for: code, in: kind, value: value)
    findings.append(
      GrammarFinding(code, .error, at: position, message + quote, hint: hint, isRejectedByAWS: true))
  }

  /// Element names are case-sensitive. A name in another case is reported with its right spelling.
  mutating func checkNames(_ object: JSONObject, _ position: PolicyPosition, _ known: [String], in whole: String) {
    for member in object.members where !known.contains(member.name) {
      let here = position.name(of: member)
      if let right = known.first(where: { $0.lowercased() == member.name.lowercased() }) {
        reject(.elementCase, at: here, "The names of policy elements are case-sensitive.", hint: "Write \"\(right)\".")
      } else {
        reject(
          .elementUnknown, at: here, "\"\(member.name.prefixForMessage)\" is not an element of \(whole).",
          hint: "The elements are \(known.joined(separator: ", ")).")
      }
    }
  }
}
