package import JSON

/// Mends those faults with which AWS does not store a policy document and that leave no doubt of what was meant. All
/// else stays as it is and where it is; a document without such faults comes back equal.
///
/// What is in doubt is not guessed at: an effect that is missing, a condition key that no service has.
package struct PolicyMender: Sendable {
  let kind: PolicyKind

  /// The document mended, as far as it can be.
  package static func mend(_ document: JSONValue, as kind: PolicyKind) -> JSONValue {
    PolicyMender(kind: kind).document(document)
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

  /// A statement alone, or an array of them, is put into a document.
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

  /// A version that AWS does not know becomes the present one. A missing one is added where that changes no meaning:
  /// with it `${…}` becomes a variable.
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
    let mended = elements.map { element in
      guard let object = element.objectValue else { return element }
      var statement = statement(object)
      if let sid = statement["Sid"]?.stringValue, !sid.isEmpty, !sids.insert(sid).inserted {
        let fresh = (2...(elements.count + 1)).lazy.map { "\(sid)\($0)" }.first { !sids.contains($0) } ?? sid
        sids.insert(fresh)
        statement["Sid"] = .string(fresh)
      }
      return JSONValue(.object(statement), location: element.location)
    }
    return JSONValue(.array(mended), location: value.location)
  }

  /// The members with the spelling that AWS knows: in its case, and without the plural that is often written.
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
