/// Reads one JSON text in a single pass over its bytes. Every byte is looked at a bounded number of
/// times, and calls nest no deeper than the limit on depth.
struct JSONReader {
  /// Deeper limits than this are lowered to it: each level costs stack.
  static let maxDepth = 256

  let bytes: [UInt8]
  let maximumDepth: Int
  var position = 0

  private var line = 1
  private var lineStart = 0
  /// Bytes in the present line that do not begin a scalar: they have no column of their own.
  private var continuationBytes = 0

  init(_ bytes: [UInt8], maximumDepth: Int) {
    self.bytes = bytes
    self.maximumDepth = min(max(maximumDepth, 0), Self.maxDepth)
  }

  /// The whole text: one value with nothing but white space around it.
  mutating func document() throws(JSONError) -> JSONValue {
    try rejectOtherEncodings()
    skipSpace()
    guard position < bytes.count else { throw error(.empty, "The text is empty.") }
    let value = try value(depth: 0)
    skipSpace()
    guard position == bytes.count else { throw textAfterValue() }
    return value
  }

  /// The next byte, or `nil` at the end.
  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// The place of the next byte. Valid outside strings.
  var location: JSONLocation {
    JSONLocation(line: line, column: position - lineStart - continuationBytes + 1, offset: position)
  }

  /// A string that was read had this many bytes that begin no scalar.
  mutating func passed(continuationBytes count: Int) {
    continuationBytes += count
  }

  /// Passes the white space of RFC 8259 section 2, counting lines.
  mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"):
        position += 1
      case UInt8(ascii: "\n"):
        endLine()
      case UInt8(ascii: "\r"):
        if position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "\n") { position += 1 }
        endLine()
      default:
        return
      }
    }
  }

  private mutating func endLine() {
    position += 1
    line += 1
    lineStart = position
    continuationBytes = 0
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
    let start = location
    guard let byte = next else { throw noValue() }
    switch byte {
    case UInt8(ascii: "\""):
      return JSONValue(.string(try string()), location: start)
    case UInt8(ascii: "{"):
      return JSONValue(.object(try object(depth: depth + 1)), location: start)
    case UInt8(ascii: "["):
      return JSONValue(.array(try array(depth: depth + 1)), location: start)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return JSONValue(.number(try number()), location: start)
    case UInt8(ascii: "t") where takeWord("true"):
      return JSONValue(.bool(true), location: start)
    case UInt8(ascii: "f") where takeWord("false"):
      return JSONValue(.bool(false), location: start)
    case UInt8(ascii: "n") where takeWord("null"):
      return JSONValue(.null, location: start)
    default:
      throw noValue()
    }
  }

  private mutating func takeWord(_ word: StaticString) -> Bool {
    let end = position + word.utf8CodeUnitCount
    guard word.description.utf8.elementsEqual(bytes[position..<min(end, bytes.count)]) else { return false }
    if end < bytes.count, Self.continuesWord(bytes[end]) { return false }
    position = end
    return true
  }

  /// Returns true if a byte would make another word of the one before it.
  static func continuesWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default:
      false
    }
  }

  private mutating func array(depth: Int) throws(JSONError) -> [JSONValue] {
    try enter(depth)
    var elements: [JSONValue] = []
    if take(UInt8(ascii: "]")) { return elements }
    while true {
      do throws(JSONError) {
        elements.append(try value(depth: depth))
      } catch {
        throw error.inside(String(elements.count))
      }
      skipSpace()
      if take(UInt8(ascii: "]")) { return elements }
      try comma(before: UInt8(ascii: "]"))
    }
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSONObject {
    try enter(depth)
    var members = MemberList()
    if take(UInt8(ascii: "}")) { return JSONObject(members: members.members) }
    while true {
      let nameLocation = location
      guard next == UInt8(ascii: "\"") else { throw noName() }
      let name = try string()
      if let first = members.insert(name) {
        throw duplicate(name, at: nameLocation, first: first)
      }
      let value: JSONValue
      do throws(JSONError) {
        try colon()
        value = try self.value(depth: depth)
      } catch {
        throw error.inside(name)
      }
      members.append(JSONObject.Member(name: name, value: value, nameLocation: nameLocation))
      skipSpace()
      if take(UInt8(ascii: "}")) { return JSONObject(members: members.members) }
      try comma(before: UInt8(ascii: "}"))
    }
  }

  private mutating func enter(_ depth: Int) throws(JSONError) {
    guard depth <= maximumDepth else { throw tooDeep() }
    position += 1
    skipSpace()
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  private mutating func colon() throws(JSONError) {
    skipSpace()
    guard take(UInt8(ascii: ":")) else { throw noColon() }
    skipSpace()
  }

  private mutating func comma(before bracket: UInt8) throws(JSONError) {
    let place = position
    guard take(UInt8(ascii: ",")) else { throw noComma(before: bracket) }
    skipSpace()
    if next == bracket { throw trailingComma(at: place) }
  }
}
