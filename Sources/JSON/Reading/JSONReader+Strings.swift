extension JSONReader {
  /// A string, from its opening quote to the index after its closing one (RFC 8259 section 7).
  mutating func string() throws(JSONError) -> String {
    let start = position + 1
    var index = start
    var nonASCII = false
    var continuations = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        let text = try text(start..<index)
        position = index + 1
        passed(continuationBytes: continuations)
        return text
      }
      if byte == UInt8(ascii: "\\") {
        return try escapedString(from: start, to: index, nonASCII: nonASCII, continuations: continuations)
      }
      if byte < 0x20 { throw controlCharacter(at: index) }
      if byte >= 0x80 {
        nonASCII = true
        if byte & 0xC0 == 0x80 { continuations += 1 }
      }
      index += 1
    }
    throw endInString(from: start)
  }

  /// The rest of a string that has its first escape at `firstEscape`.
  private mutating func escapedString(
    from start: Int, to firstEscape: Int, nonASCII: Bool, continuations: Int
  ) throws(JSONError) -> String {
    var nonASCII = nonASCII
    var continuations = continuations
    var unescaped = Array(bytes[start..<firstEscape])
    var index = firstEscape
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        if nonASCII { _ = try text(start..<index) }
        position = index + 1
        passed(continuationBytes: continuations)
        return String(decoding: unescaped, as: UTF8.self)
      }
      if byte == UInt8(ascii: "\\") {
        index = try escape(at: index, into: &unescaped)
        continue
      }
      if byte < 0x20 { throw controlCharacter(at: index) }
      if byte >= 0x80 {
        nonASCII = true
        if byte & 0xC0 == 0x80 { continuations += 1 }
      }
      unescaped.append(byte)
      index += 1
    }
    throw endInString(from: start)
  }

  /// The bytes of a range as text, held against RFC 3629.
  private func text(_ range: Range<Int>) throws(JSONError) -> String {
    let span = bytes.span.extracting(range)
    do throws(UTF8.ValidationError) {
      return String(copying: try UTF8Span(validating: span))
    } catch {
      throw invalidUTF8(error, in: range)
    }
  }

  /// Appends the character of the escape at `index`; returns the index after the escape.
  private func escape(at index: Int, into unescaped: inout [UInt8]) throws(JSONError) -> Int {
    guard index + 1 < bytes.count else { throw endInString(from: index) }
    switch bytes[index + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(bytes[index + 1])
    case UInt8(ascii: "b"): unescaped.append(0x08)
    case UInt8(ascii: "f"): unescaped.append(0x0C)
    case UInt8(ascii: "n"): unescaped.append(0x0A)
    case UInt8(ascii: "r"): unescaped.append(0x0D)
    case UInt8(ascii: "t"): unescaped.append(0x09)
    case UInt8(ascii: "u"): return try unicodeEscape(at: index, into: &unescaped)
    default: throw invalidEscape(at: index)
    }
    return index + 2
  }

  /// `\uXXXX`, or two of them that are a surrogate pair.
  private func unicodeEscape(at index: Int, into unescaped: inout [UInt8]) throws(JSONError) -> Int {
    let unit = try codeUnit(at: index)
    if let scalar = Unicode.Scalar(unit) {
      unescaped.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      return index + 6
    }
    let low = index + 6
    guard UTF16.isLeadSurrogate(unit), low + 1 < bytes.count, bytes[low] == UInt8(ascii: "\\"),
      bytes[low + 1] == UInt8(ascii: "u")
    else { throw loneSurrogate(unit, at: index) }
    let trail = try codeUnit(at: low)
    let value = 0x10000 + (UInt32(unit & 0x3FF) << 10) + UInt32(trail & 0x3FF)
    guard UTF16.isTrailSurrogate(trail), let scalar = Unicode.Scalar(value) else {
      throw loneSurrogate(unit, at: index)
    }
    unescaped.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    return index + 12
  }

  /// The four hex digits of the escape at `index`.
  private func codeUnit(at index: Int) throws(JSONError) -> UInt16 {
    guard index + 6 <= bytes.count else { throw endInString(from: index) }
    var unit: UInt16 = 0
    for byte in bytes[(index + 2)..<(index + 6)] {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): unit = unit << 4 | UInt16(byte - 0x30)
      case UInt8(ascii: "a")...UInt8(ascii: "f"): unit = unit << 4 | UInt16(byte - 0x57)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): unit = unit << 4 | UInt16(byte - 0x37)
      default: throw invalidEscape(at: index)
      }
    }
    return unit
  }
}
