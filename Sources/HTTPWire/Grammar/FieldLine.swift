/// One field line of a head or a trailer section: `field-name ":" OWS field-value OWS` (RFC 9112
/// section 5).
enum FieldLine {
  /// The places of the name and the value, counted from `base`. The line has no control characters:
  /// `LineReader` saw to that.
  static func read(_ line: Range<Int>, in bytes: Span<UInt8>, from base: Int) throws(HTTPError) -> HTTPHeaders.Line {
    var colon = line.lowerBound
    while colon < line.upperBound && ByteClass.token.contains(bytes[colon]) { colon += 1 }
    guard colon < line.upperBound, bytes[colon] == UInt8(ascii: ":") else { throw error(line, colon, in: bytes) }
    guard colon > line.lowerBound else { throw HTTPError(400, "A header line has no name.") }
    let value = bytes.trimmed(colon + 1..<line.upperBound)
    return HTTPHeaders.Line(
      name: line.lowerBound - base..<colon - base, value: value.lowerBound - base..<value.upperBound - base)
  }

  private static func error(_ line: Range<Int>, _ place: Int, in bytes: Span<UInt8>) -> HTTPError {
    guard place < line.upperBound else { return HTTPError(400, "A header line has no colon.") }
    guard bytes[place].isBlank else { return HTTPError(400, "A header name contains a character that is not allowed.") }
    return place == line.lowerBound
      ? HTTPError(400, "A header line starts with white space; folded lines are not supported.")
      : HTTPError(400, "There is white space in a header name or before its colon.")
  }

  /// Returns true if a response may carry the field: its name is a token, its value cannot begin
  /// another line, and it is none of those that the encoder writes.
  static func maySend(_ name: Span<UInt8>, _ value: Span<UInt8>) -> Bool {
    isToken(name) && isFieldValue(value) && !isOwn(name)
  }

  private static func isToken(_ bytes: Span<UInt8>) -> Bool {
    for index in bytes.indices where !ByteClass.token.contains(bytes[index]) { return false }
    return !bytes.isEmpty
  }

  private static func isFieldValue(_ bytes: Span<UInt8>) -> Bool {
    // Without an early end the loop takes many bytes at once.
    var isClean = true
    for index in bytes.indices { isClean = isClean && !bytes[index].isControl }
    return isClean
  }

  private static func isOwn(_ name: Span<UInt8>) -> Bool {
    switch name.count {
    case 4: name.matches(lowercase: "date")
    case 6: name.matches(lowercase: "server")
    case 7: name.matches(lowercase: "upgrade") || name.matches(lowercase: "trailer")
    case 10: name.matches(lowercase: "connection") || name.matches(lowercase: "keep-alive")
    case 14: name.matches(lowercase: "content-length")
    case 17: name.matches(lowercase: "transfer-encoding")
    default: false
    }
  }
}
