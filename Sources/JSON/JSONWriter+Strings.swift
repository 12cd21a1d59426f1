// The bytes of strings, copied in runs. The unsafe expressions of this module stand in this file alone: they lend a
// string's own storage for the length of one call.
extension JSONWriter {
  /// The bytes of a literal.
  mutating func append(_ literal: StaticString) {
    unsafe append(UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
  }

  /// A member of a compact text whose name and string are short and need no escape, as most do: put together beside the
  /// text and appended as one piece. False where it is not such a one, and nothing is written then.
  mutating func appendShort(_ name: StaticString, _ value: Span<UInt8>, afterComma: Bool) -> Bool {
    let capacity = 128
    guard name.utf8CodeUnitCount + value.count + 6 <= capacity else { return false }
    var piece = [128 of UInt8](repeating: UInt8(ascii: "\""))
    var end = 1
    if afterComma {
      piece[0] = UInt8(ascii: ",")
      end = 2
    }
    for index in 0..<name.utf8CodeUnitCount { unsafe piece[end + index] = name.utf8Start[index] }
    end += name.utf8CodeUnitCount + 1
    piece[end] = UInt8(ascii: ":")
    end += 2
    for index in value.indices {
      let byte = value[index]
      guard byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") else { return false }
      piece[end + index] = byte
    }
    end += value.count + 1
    unsafe piece.span.extracting(0..<end).withUnsafeBufferPointer { unsafe append($0) }
    return true
  }

  /// A string between quotes, with `"`, `\` and the control characters escaped: what RFC 8259 section 7 asks for and
  /// no more. U+2028 and U+2029 stand for themselves.
  mutating func appendQuoted(_ value: String) {
    append(CollectionOfOne(UInt8(ascii: "\"")))
    let isContiguous: Void? = unsafe value.utf8.withContiguousStorageIfAvailable { unsafe appendEscaped($0) }
    if isContiguous == nil {
      unsafe Array(value.utf8).withUnsafeBufferPointer { unsafe appendEscaped($0) }
    }
    append(CollectionOfOne(UInt8(ascii: "\"")))
  }

  mutating func appendQuoted(plain text: Span<UInt8>) {
    append(CollectionOfOne(UInt8(ascii: "\"")))
    unsafe text.withUnsafeBufferPointer { unsafe append($0) }
    append(CollectionOfOne(UInt8(ascii: "\"")))
  }

  private mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) {
    var runStart = 0
    for index in text.indices {
      let byte = unsafe text[index]
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
      unsafe append(UnsafeBufferPointer(rebasing: text[runStart..<index]))
      appendEscape(byte)
      runStart = index + 1
    }
    unsafe append(UnsafeBufferPointer(rebasing: text[runStart...]))
  }

  private mutating func appendEscape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append("\\\"")
    case UInt8(ascii: "\\"): append("\\\\")
    case 0x08: append("\\b")
    case 0x09: append("\\t")
    case 0x0A: append("\\n")
    case 0x0C: append("\\f")
    case 0x0D: append("\\r")
    default:
      append("\\u00")
      append([Self.hexDigit(byte >> 4), Self.hexDigit(byte & 0xF)])
    }
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? value + 0x30 : value + 0x57
  }

  /// An integer in decimal.
  mutating func appendDecimal(_ value: Int) {
    guard value < 0 || value > 9 else {
      append(CollectionOfOne(0x30 + UInt8(truncatingIfNeeded: value)))
      return
    }
    append(String(value).utf8)
  }
}
