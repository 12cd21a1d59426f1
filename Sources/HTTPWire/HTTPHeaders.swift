/// Header fields in the order in which they were sent, found by name without regard to case (RFC 9110 section 5.1).
package struct HTTPHeaders: Sendable {
  /// One field line: the name as written, and the value without the white space around it.
  package struct Field: Sendable {
    /// The name as it was written.
    package let name: String
    /// The value, without leading and trailing SP and HTAB.
    package let value: String

    /// A field of the given name and value; neither may hold CR, LF or NUL.
    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// All field lines, in order.
  package private(set) var fields: [Field]

  /// The given fields, in their order.
  package init(_ fields: [Field] = []) {
    self.fields = fields
  }

  /// Adds a field line behind the others.
  package mutating func append(_ name: String, _ value: String) {
    fields.append(Field(name, value))
  }

  /// The value of the first field of this name; nil where there is none.
  package func first(_ name: String) -> String? {
    fields.first { Self.isSame($0.name, name) }?.value
  }

  /// The values of every field of this name, in order.
  package func all(_ name: String) -> [String] {
    fields.filter { Self.isSame($0.name, name) }.map(\.value)
  }

  private static func isSame(_ left: String, _ right: String) -> Bool {
    let (left, right) = (left.utf8, right.utf8)
    return left.count == right.count && zip(left, right).allSatisfy { lowered($0) == lowered($1) }
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }
}
