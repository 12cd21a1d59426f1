extension JSONReader {
  /// A number by the grammar of RFC 8259 section 6, kept as it is written.
  mutating func number() throws(JSONError) -> JSONNumber {
    let start = position
    if next == UInt8(ascii: "-") { position += 1 }
    try integerPart(from: start)
    if next == UInt8(ascii: ".") {
      position += 1
      guard takeDigits() else { throw malformedNumber("A number's decimal point needs a digit after it.", start) }
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      position += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
      guard takeDigits() else { throw malformedNumber("A number's exponent needs a digit.", start) }
    }
    if let byte = next, Self.continuesNumber(byte) {
      throw malformedNumber("This is not a number as JSON writes it: digits, one point, one exponent.", start)
    }
    return JSONNumber(verified: String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func integerPart(from start: Int) throws(JSONError) {
    let zero = next == UInt8(ascii: "0")
    let first = position
    guard takeDigits() else {
      if let byte = next, Self.continuesWord(byte) { throw notFinite(start) }
      throw malformedNumber("A number needs a digit after its minus sign.", start)
    }
    if zero, position > first + 1 { throw leadingZero(start) }
  }

  private mutating func takeDigits() -> Bool {
    let start = position
    while position < bytes.count, bytes[position] >= 0x30, bytes[position] <= 0x39 { position += 1 }
    return position > start
  }

  private static func continuesNumber(_ byte: UInt8) -> Bool {
    continuesWord(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
  }
}
