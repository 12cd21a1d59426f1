// Text in place of a value, a name or a comma: people's habits from other notations, each by its
// name.
extension JSONReader {
  /// Text in UTF-16 or UTF-32, or with a byte order mark (RFC 8259 section 8.1 allows UTF-8 alone,
  /// without a mark).
  func rejectOtherEncodings() throws(JSONError) {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      throw error(.byteOrderMark, "The text starts with a byte order mark (U+FEFF), which JSON does not allow.", at: 0)
    }
    if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) || bytes.prefix(2).contains(0) {
      throw error(.wrongEncoding, "The text is in UTF-16 or UTF-32; JSON is UTF-8.", at: 0)
    }
  }

  /// Something other than a value is at the present position.
  func noValue() -> JSONError {
    guard let byte = next else { return error(.unexpectedEnd, "The text ends where a value is expected.") }
    switch byte {
    case UInt8(ascii: "+"), UInt8(ascii: "."):
      return malformedNumber("A number must start with a digit or a minus sign.", position)
    case UInt8(ascii: "]"), UInt8(ascii: "}"):
      return error(.unexpectedCharacter, "A value is expected here, not a closing bracket.")
    case UInt8(ascii: ","):
      return error(.unexpectedCharacter, "A value is expected here, not a comma.")
    case let byte where Self.continuesWord(byte):
      return strayWord()
    default:
      return stray(at: "where a value is expected")
    }
  }

  /// Something other than a field's name is at the present position.
  func noName() -> JSONError {
    guard let byte = next else { return error(.unexpectedEnd, "The text ends inside an object.") }
    switch byte {
    case UInt8(ascii: ","):
      return error(.unexpectedCharacter, "A field name is expected here, not a comma.")
    case UInt8(ascii: "]"):
      return error(.mismatchedBracket, "An object must be closed with }, not with ].")
    case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "-"):
      return error(.unquotedName, "A field name must be a string in double quotes.")
    case let byte where Self.continuesWord(byte):
      return error(.unquotedName, "A field name must be in double quotes.")
    default:
      return stray(at: "where a field name is expected")
    }
  }

  func noColon() -> JSONError {
    guard next != nil else { return error(.unexpectedEnd, "The text ends after a field name.") }
    return error(.missingColon, "A field name must be followed by a colon and a value.")
  }

  func noComma(before bracket: UInt8) -> JSONError {
    let container = bracket == UInt8(ascii: "]") ? "array" : "object"
    guard let byte = next else { return error(.unexpectedEnd, "The text ends inside an \(container).") }
    switch byte {
    case UInt8(ascii: "]"), UInt8(ascii: "}"):
      return error(
        .mismatchedBracket, "This \(container) must be closed with \(Character(Unicode.Scalar(bracket))).")
    case UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "-"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"):
      return error(.missingComma, "A comma is missing before this entry of the \(container).")
    case UInt8(ascii: ":"):
      return error(.unexpectedCharacter, "A comma or a closing bracket is expected here, not a colon.")
    default:
      return stray(at: "where a comma or a closing bracket is expected")
    }
  }

  func textAfterValue() -> JSONError {
    if startsComment || isTypographicQuote { return stray(at: "after the value") }
    return error(.trailingText, "There is text after the JSON value; only one value is allowed.")
  }

  private func strayWord() -> JSONError {
    let word = bytes[position...].prefix(12).prefix { Self.continuesWord($0) }
    let text = String(decoding: word, as: UTF8.self)
    switch text.lowercased() {
    case "nan", "inf", "infinity": return notFinite(position)
    case "true", "false", "null":
      return error(.unknownWord, "Write \(text.lowercased()) in lowercase.")
    case "none", "nil", "undefined":
      return error(.unknownWord, "JSON has no \(text); use null.")
    default:
      return error(.unknownWord, "This word is not a JSON value: put text in double quotes.")
    }
  }

  private func stray(at place: String) -> JSONError {
    if startsComment { return error(.comment, "JSON does not allow comments.") }
    if isTypographicQuote {
      return error(.typographicQuote, "Replace the typographic quotation marks with straight ones (\").")
    }
    guard let byte = next else { return error(.unexpectedEnd, "The text ends \(place).") }
    if byte == UInt8(ascii: "'") {
      return error(.singleQuote, "Use double quotes: JSON does not allow single quotes.")
    }
    guard let scalar = scalarHere else { return error(.invalidUTF8, "These bytes are not UTF-8.") }
    let name = Self.codePoint(scalar.value)
    let shown = scalar.value > 0x20 && scalar.value < 0x7F ? "\(Character(scalar)) (\(name))" : name
    return error(.unexpectedCharacter, "Unexpected character \(shown) \(place).")
  }

  private var startsComment: Bool {
    guard let byte = next else { return false }
    let following = position + 1 < bytes.count ? bytes[position + 1] : 0
    return byte == UInt8(ascii: "#")
      || (byte == UInt8(ascii: "/") && (following == UInt8(ascii: "/") || following == UInt8(ascii: "*")))
  }

  /// U+2018 to U+201F, and the guillemets.
  private var isTypographicQuote: Bool {
    guard let scalar = scalarHere else { return false }
    return (0x2018...0x201F).contains(scalar.value) || scalar == "\u{AB}" || scalar == "\u{BB}"
  }

  /// The scalar at the present position, or `nil` where the bytes are not UTF-8.
  private var scalarHere: Unicode.Scalar? {
    var decoder = UTF8()
    var rest = bytes[position...].prefix(4).makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&rest) else { return nil }
    return scalar
  }
}
