extension JSONWriter {
  /// A string between quotes, with `"`, `\` and the control characters escaped: what RFC 8259
  /// section 7 asks for and no more. U+2028 and U+2029 are written as they are.
  mutating func appendQuoted(_ value: String) {
    buffer.append(UInt8(ascii: "\""))
    appendEscaped(value.utf8.span)
    buffer.append(UInt8(ascii: "\""))
  }

  mutating func appendQuoted(plain text: Span<UInt8>) {
    buffer.append(UInt8(ascii: "\""))
    buffer.append(text)
    buffer.append(UInt8(ascii: "\""))
  }

  /// Copied in runs, most strings as one.
  private mutating func appendEscaped(_ text: Span<UInt8>) {
    var start = 0
    while true {
      let end = text.endOfPlain(from: start)
      buffer.append(text.extracting(start..<end))
      guard end < text.count else { return }
      appendEscape(text[end])
      start = end + 1
    }
  }

  private mutating func appendEscape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): buffer.append("\\\"")
    case UInt8(ascii: "\\"): buffer.append("\\\\")
    case 0x08: buffer.append("\\b")
    case 0x09: buffer.append("\\t")
    case 0x0A: buffer.append("\\n")
    case 0x0C: buffer.append("\\f")
    case 0x0D: buffer.append("\\r")
    default:
      buffer.append("\\u00")
      buffer.append(Self.hexDigit(byte >> 4))
      buffer.append(Self.hexDigit(byte & 0xF))
    }
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? value + 0x30 : value + 0x57
  }

  /// An integer in decimal.
  mutating func appendDecimal(_ value: Int) {
    if value < 0 { buffer.append(UInt8(ascii: "-")) }
    var divisor: UInt = 1
    while value.magnitude / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      buffer.append(0x30 + UInt8(truncatingIfNeeded: value.magnitude / divisor % 10))
      divisor /= 10
    }
  }
}

extension Span<UInt8> {
  /// Returns the index of the first byte, from `start` on, that a string must escape.
  fileprivate func endOfPlain(from start: Int) -> Int {
    var end = start
    while count - end >= 8, !Self.needsEscape(unsafe bytes.unsafeLoadUnaligned(fromByteOffset: end, as: UInt64.self)) {
      end += 8
    }
    while end < count && self[end] >= 0x20 && self[end] != UInt8(ascii: "\"") && self[end] != UInt8(ascii: "\\") {
      end += 1
    }
    return end
  }

  /// Returns true if one of eight bytes is below 0x20, or a quote, or a backslash: the borrow of
  /// the subtraction reaches the top bit of the first such byte, and of none where there is no such
  /// byte (graphics.stanford.edu/~seander/bithacks.html, "Determine if a word has a byte less than
  /// n").
  private static func needsEscape(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let (quotes, backslashes) = (word ^ (ones &* 0x22), word ^ (ones &* 0x5C))
    let hits = (word &- ones &* 0x20) & ~word | (quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes
    return hits & (ones &* 0x80) != 0
  }
}
