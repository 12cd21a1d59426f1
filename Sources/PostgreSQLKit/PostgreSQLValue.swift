/// A value that is bound to a parameter of a query.
package enum PostgreSQLValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int64)
  case text(String)
  case bytes([UInt8])
  case texts([String])

  /// The bytes that are sent; nil for null.
  var encoded: [UInt8]? {
    switch self {
    case .null: nil
    case .boolean(let value): Array((value ? "t" : "f").utf8)
    case .integer(let value): Array(String(value).utf8)
    case .text(let value): Array(value.utf8)
    case .bytes(let value): value
    case .texts(let values): Array(Self.array(values).utf8)
    }
  }

  /// True if the value is sent in the binary format, false for the text format.
  var isBinary: Bool { if case .bytes = self { true } else { false } }

  /// An array literal (https://www.postgresql.org/docs/15/arrays.html#ARRAYS-IO).
  private static func array(_ values: [String]) -> String {
    var text = "{"
    for (index, value) in values.enumerated() {
      text += index == 0 ? "\"" : ",\""
      for character in value.unicodeScalars {
        if character == "\"" || character == "\\" { text += "\\" }
        text.unicodeScalars.append(character)
      }
      text += "\""
    }
    return text + "}"
  }
}
