extension JSONWriter {
  /// A member with a string, or with `null`.
  package mutating func member(_ name: StaticString, _ value: String?) {
    guard let value else {
      memberName(name)
      return null()
    }
    member(name, value)
  }

  /// A member with an integer.
  package mutating func member(_ name: StaticString, _ value: Int) {
    memberName(name)
    int(value)
  }

  /// A member with an integer, or with `null`.
  package mutating func member(_ name: StaticString, _ value: Int?) {
    memberName(name)
    if let value { int(value) } else { null() }
  }

  /// A member with a boolean.
  package mutating func member(_ name: StaticString, _ value: Bool) {
    memberName(name)
    bool(value)
  }

  /// A member with any value.
  package mutating func member(_ name: StaticString, _ value: JSONValue) {
    memberName(name)
    self.value(value)
  }

  /// Any value: numbers as they were written, members in their order. Nests as deep as the value
  /// does.
  package mutating func value(_ value: JSONValue) {
    switch value.content {
    case .null: null()
    case .bool(let bool): self.bool(bool)
    case .number(let number): self.number(number)
    case .string(let string): self.string(string)
    case .array(let elements):
      beginArray()
      for element in elements { self.value(element) }
      endArray()
    case .object(let object):
      beginObject()
      for member in object.members {
        memberName(escaping: member.name)
        self.value(member.value)
      }
      endObject()
    }
  }
}

extension JSONValue {
  /// The value's text.
  package func bytes(_ style: JSONWriter.Style = .compact) -> [UInt8] {
    var writer = JSONWriter(style)
    writer.value(self)
    return writer.bytes
  }

  /// The value's text as a string.
  package func text(_ style: JSONWriter.Style = .compact) -> String {
    String(decoding: bytes(style), as: UTF8.self)
  }
}
