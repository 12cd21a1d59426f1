// Each error's sentence names the text and the form that JSON requires. Places are worked out here,
// in one pass from the beginning, so that the reader itself need not know a column inside a string.
extension JSONReader {
  /// An error at the present position, or at another byte.
  func error(_ code: JSONError.Code, _ message: String, at offset: Int? = nil) -> JSONError {
    JSONError(code, message, at: JSONLocation(offset: offset ?? position, in: bytes))
  }

  func duplicate(_ name: String, at location: JSONLocation, first: JSONLocation) -> JSONError {
    JSONError(
      .duplicateMember, "This object has the field \(Self.quoted(name)) twice.", at: location, first: first
    ).inside(name)
  }

  func tooDeep() -> JSONError {
    error(.tooDeep, "Arrays and objects are nested deeper than the limit of \(maximumDepth) levels.")
  }

  func trailingComma(at offset: Int) -> JSONError {
    error(.trailingComma, "Trailing comma: JSON does not allow a comma after the last entry.", at: offset)
  }

  func controlCharacter(at offset: Int) -> JSONError {
    let byte = bytes[offset]
    if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
      return error(
        .controlCharacter, "A string ends at the end of the line: its closing quote is missing.", at: offset)
    }
    let name = Self.codePoint(UInt32(byte))
    return error(
      .controlCharacter, "A string contains the control character \(name), which must be escaped.", at: offset)
  }

  func endInString(from offset: Int) -> JSONError {
    error(.unexpectedEnd, "The text ends inside a string: its closing quote is missing.", at: bytes.count)
  }

  func invalidEscape(at offset: Int) -> JSONError {
    error(
      .invalidEscape, "This is not a JSON escape; a literal backslash is written \\\\.",
      at: offset)
  }

  func loneSurrogate(_ unit: UInt16, at offset: Int) -> JSONError {
    let name = String(unit, radix: 16)
    return error(
      .loneSurrogate, "The escape \\u\(name) is half of a surrogate pair; the other half is missing.", at: offset)
  }

  func invalidUTF8(_ cause: UTF8.ValidationError, in range: Range<Int>) -> JSONError {
    error(
      .invalidUTF8, "These bytes are not UTF-8 (\(cause.kind)).", at: range.lowerBound + cause.byteOffsets.lowerBound)
  }

  func leadingZero(_ start: Int) -> JSONError {
    error(.leadingZero, "A number must not start with an extra zero.", at: start)
  }

  func notFinite(_ start: Int) -> JSONError {
    error(.notFinite, "JSON does not allow NaN or infinity.", at: start)
  }

  func malformedNumber(_ message: String, _ start: Int) -> JSONError {
    error(.invalidNumber, message, at: start)
  }

  /// `U+` and at least four digits. Written here too, because this module imports nothing.
  static func codePoint(_ value: UInt32) -> String {
    let hex = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - hex.utf8.count)) + hex
  }

  /// A name for a message: quoted, and cut where it is long.
  static func quoted(_ name: String) -> String {
    let scalars = name.unicodeScalars
    guard scalars.count > 40 else { return "\"\(name)\"" }
    return "\"\(String(String.UnicodeScalarView(scalars.prefix(40))))…\""
  }
}
