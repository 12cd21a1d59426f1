/// A JSON value: what it is and, if it was read from a text, where it stood there.
package struct JSONValue: Sendable {
  /// The seven literal forms of RFC 8259 section 3, with `true` and `false` as one.
  package enum Content: Sendable, Equatable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
  }

  /// The value itself.
  package var content: Content

  /// The location of the value's first byte; `nil` for a value that was built, not read.
  package var location: JSONLocation?

  /// A value; `location` is known to the reader only.
  package init(_ content: Content, location: JSONLocation? = nil) {
    self.content = content
    self.location = location
  }

  /// A string value.
  package static func string(_ value: String) -> JSONValue { JSONValue(.string(value)) }
  /// A boolean value.
  package static func bool(_ value: Bool) -> JSONValue { JSONValue(.bool(value)) }
  /// A number value from an integer.
  package static func number(_ value: some FixedWidthInteger) -> JSONValue { JSONValue(.number(JSONNumber(value))) }
  /// An array value.
  package static func array(_ elements: [JSONValue]) -> JSONValue { JSONValue(.array(elements)) }
  /// An object value of members in this order; the caller names none twice.
  package static func object(_ members: [(String, JSONValue)]) -> JSONValue { JSONValue(.object(JSONObject(members))) }
  /// `null`.
  package static var null: JSONValue { JSONValue(.null) }
}

extension JSONValue {
  /// The string, or `nil` if the value is none.
  package var stringValue: String? {
    guard case .string(let value) = content else { return nil }
    return value
  }

  /// The boolean, or `nil` if the value is none.
  package var boolValue: Bool? {
    guard case .bool(let value) = content else { return nil }
    return value
  }

  /// The number, or `nil` if the value is none.
  package var numberValue: JSONNumber? {
    guard case .number(let value) = content else { return nil }
    return value
  }

  /// The object, or `nil` if the value is none.
  package var objectValue: JSONObject? {
    guard case .object(let value) = content else { return nil }
    return value
  }

  /// The elements, or `nil` if the value is no array.
  package var arrayValue: [JSONValue]? {
    guard case .array(let value) = content else { return nil }
    return value
  }

  /// True if the value is `null`.
  package var isNull: Bool {
    guard case .null = content else { return false }
    return true
  }

  /// The value of a member, or `nil` if the value is no object or has no such member.
  package subscript(member: String) -> JSONValue? { objectValue?[member] }

  /// The element at an index from 0, or `nil` if the value is no array or is shorter.
  package subscript(index: Int) -> JSONValue? {
    guard case .array(let elements) = content, elements.indices.contains(index) else { return nil }
    return elements[index]
  }

  /// The usual name of this kind of value: "a string", "null", …
  package var kind: String {
    switch content {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

extension JSONValue: Equatable {
  /// Returns true if two values are written alike: members in the same order, numbers with the same
  /// digits. Where they stood does not matter.
  package static func == (left: JSONValue, right: JSONValue) -> Bool { left.content == right.content }
}
