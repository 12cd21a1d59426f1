package import JSON

/// Repairs the errors with which AWS rejects a policy document, where it is certain what was meant.
/// Everything else stays as it is; a document without such errors is returned unchanged.
///
/// It does not guess: a missing effect or an unknown condition key stays as it is.
package struct PolicyRepairer: Sendable {
  let kind: PolicyKind

  /// Returns the repaired document.
  package static func repair(_ document: JSONValue, as kind: PolicyKind) -> JSONValue {
    PolicyRepairer(kind: kind).document(document)
  }

  private func document(_ value: JSONValue) -> JSONValue {
    guard var object = Self.whole(value) else { return value }
    object = Self.spelled(object, ["Version", "Id", "Statement"])
    object.members.removeAll { !["Version", "Id", "Statement"].contains($0.name) }
    if let id = object["Id"], id.stringValue == nil { object["Id"] = nil as JSONValue? }
    if let statements = object["Statement"] { object["Statement"] = self.statements(statements) }
    object = version(object)
    return JSONValue(.object(object), location: value.location)
  }

  /// Puts a single statement, or an array of statements, into a document.
  private static func whole(_ value: JSONValue) -> JSONObject? {
    func isStatement(_ value: JSONValue) -> Bool {
      value.objectValue?.members.contains { $0.name.lowercased() == "effect" } == true
    }
    if let elements = value.arrayValue, !elements.isEmpty, elements.allSatisfy(isStatement) {
      return JSONObject([("Statement", value)])
    }
    guard let object = value.objectValue else { return nil }
    let names = object.members.map { $0.name.lowercased() }
    if isStatement(value), !names.contains("statement"), !names.contains("statements") {
      return JSONObject([("Statement", [value])])
    }
    return object
  }

  /// Replaces an unknown version. Adds a missing one, unless that would change the meaning of
  /// `${…}`, which becomes a variable with it.
  private func version(_ object: JSONObject) -> JSONObject {
    var result = object
    if let version = object["Version"] {
      if version.stringValue != "2008-10-17" { result["Version"] = .string(PolicyDocument.version) }
    } else if !JSONValue(.object(object)).text().utf8.contains(UInt8(ascii: "$")) {
      result.members.insert(.init(name: "Version", value: .string(PolicyDocument.version)), at: 0)
    }
    return result
  }

  private func statements(_ value: JSONValue) -> JSONValue {
    guard let elements = value.arrayValue else {
      return value.objectValue.map { JSONValue(.object(statement($0)), location: value.location) } ?? value
    }
    var sids: Set<String> = []
    let repaired = elements.map { element in
      guard let object = element.objectValue else { return element }
      var statement = statement(object)
      if let sid = statement["Sid"]?.stringValue, !sid.isEmpty, !sids.insert(sid).inserted {
        let fresh = (2...(elements.count + 1)).lazy.map { "\(sid)\($0)" }.first { !sids.contains($0) } ?? sid
        sids.insert(fresh)
        statement["Sid"] = .string(fresh)
      }
      return JSONValue(.object(statement), location: element.location)
    }
    return JSONValue(.array(repaired), location: value.location)
  }

  /// Returns the object with its field names in the right case, and without the plural that people
  /// often write.
  static func spelled(_ object: JSONObject, _ names: [String]) -> JSONObject {
    var result = object
    for index in result.members.indices {
      let name = result.members[index].name.lowercased()
      guard let right = names.first(where: { name == $0.lowercased() || name == $0.lowercased() + "s" }),
        result[right] == nil
      else { continue }
      result.members[index].name = right
    }
    return result
  }
}
