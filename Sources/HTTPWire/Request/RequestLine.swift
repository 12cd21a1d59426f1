/// Reads a request line (RFC 9112 section 3) byte by byte, so that an error shows at the first byte
/// that makes it one.
struct RequestLine: Sendable {
  /// The longest method that is looked at; RFC 9112 section 3 asks for `501` past the longest one
  /// known. The longest of the IANA registry is `UPDATEREDIRECTREF`, 17 bytes.
  static let longestMethod = 32

  private enum Part {
    case method
    case target
    case version
    case done
  }

  private var part = Part.method
  private var position = 0
  private var methodEnd = 0
  private var targetEnd = 0
  private(set) var minorVersion = 0
  /// True if the method is `HEAD`; false before it has ended.
  private(set) var isHead = false

  /// The index after the line, CRLF included; nil until the line is complete.
  var end: Int? { part == .done ? position : nil }

  var methodRange: Range<Int> { 0..<methodEnd }
  var targetRange: Range<Int> { methodEnd + 1..<targetEnd }

  /// Goes on with what has come; true once the line is whole.
  mutating func advance(in bytes: Span<UInt8>, limits: HTTPLimits) throws(HTTPError) -> Bool {
    if part == .method { try readMethod(bytes) }
    if part == .target { try readTarget(bytes, limits: limits) }
    if part == .version { try readVersion(bytes) }
    return part == .done
  }

  private mutating func readMethod(_ bytes: Span<UInt8>) throws(HTTPError) {
    while position < bytes.count {
      let byte = bytes[position]
      if byte == .space && position > 0 {
        methodEnd = position
        isHead = Self.isHead(bytes.extracting(methodRange))
        position += 1
        part = .target
        return
      }
      guard ByteClass.token.contains(byte) else { throw HTTPError(400, "The request line begins with no method.") }
      guard position < Self.longestMethod else { throw HTTPError(501, "The method is longer than any known one.") }
      position += 1
    }
  }

  /// Methods are compared with case.
  private static func isHead(_ method: Span<UInt8>) -> Bool {
    method.count == 4 && method[0] == UInt8(ascii: "H") && method[1] == UInt8(ascii: "E")
      && method[2] == UInt8(ascii: "A") && method[3] == UInt8(ascii: "D")
  }

  private mutating func readTarget(_ bytes: Span<UInt8>, limits: HTTPLimits) throws(HTTPError) {
    let start = methodEnd + 1
    var place = position
    while place < bytes.count && place - start < limits.target && ByteClass.target.contains(bytes[place]) { place += 1 }
    position = place
    guard place < bytes.count else { return }
    guard bytes[place] == .space && place > start else {
      guard place - start < limits.target else { throw limits.targetTooLong }
      throw HTTPError(400, "The request-target is missing or holds a character that must be percent-encoded.")
    }
    targetEnd = place
    position = place + 1
    part = .version
  }

  /// `HTTP/` DIGIT `.` DIGIT CRLF, in upper case (RFC 9112 section 2.3).
  private mutating func readVersion(_ bytes: Span<UInt8>) throws(HTTPError) {
    let start = targetEnd + 1
    while position < bytes.count {
      guard Self.fits(bytes[position], at: position - start) else {
        throw HTTPError(400, "The request line does not end in a version of HTTP and CRLF.")
      }
      position += 1
      guard position - start == 10 else { continue }
      guard bytes[start + 5] == UInt8(ascii: "1") else {
        throw HTTPError(505, "Unsupported HTTP version. Use HTTP/1.0 or HTTP/1.1.")
      }
      minorVersion = Int(bytes[start + 7] - UInt8(ascii: "0"))
      part = .done
      return
    }
  }

  private static func fits(_ byte: UInt8, at place: Int) -> Bool {
    switch place {
    case 0: byte == UInt8(ascii: "H")
    case 1, 2: byte == UInt8(ascii: "T")
    case 3: byte == UInt8(ascii: "P")
    case 4: byte == UInt8(ascii: "/")
    case 6: byte == UInt8(ascii: ".")
    case 8: byte == .carriageReturn
    case 9: byte == .lineFeed
    default: byte.isDigit
    }
  }
}
