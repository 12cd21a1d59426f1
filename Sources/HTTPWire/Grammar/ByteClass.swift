/// A set of ASCII bytes, as the grammars of RFC 9110 section 5.6 and RFC 3986 section 2 name them:
/// bit `b` of the 128 represents byte `b`.
struct ByteClass {
  private let low: UInt64
  private let high: UInt64

  /// `tchar`: what tokens are made of (RFC 9110 section 5.6.2).
  static var token: ByteClass { ByteClass(low: 0x03FF_6CFA_0000_0000, high: 0x57FF_FFFF_C7FF_FFFE) }
  /// `unreserved` and `sub-delims`: a registered name's bytes besides percent-encodings (RFC 3986
  /// section 3.2.2).
  static var registeredName: ByteClass { ByteClass(low: 0x2BFF_7FD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFE) }
  /// The bytes that the parser accepts in a request-target: the visible ASCII bytes without `#`,
  /// since a target has no fragment, and without `\`, which some recipients take for `/`.
  static var target: ByteClass { ByteClass(low: 0xFFFF_FFF6_0000_0000, high: 0x7FFF_FFFF_EFFF_FFFF) }

  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    let word = byte < 64 ? low : high
    return byte < 128 && (word >> UInt64(byte & 63)) & 1 == 1
  }
}

extension UInt8 {
  static var tab: UInt8 { 0x09 }
  static var lineFeed: UInt8 { 0x0A }
  static var carriageReturn: UInt8 { 0x0D }
  static var space: UInt8 { 0x20 }

  /// True if this byte is not allowed in a field line: a control character other than HTAB (RFC
  /// 9110 section 5.5).
  @inline(__always)
  var isControl: Bool { (self < 0x20 && self != .tab) || self == 0x7F }

  /// SP or HTAB, the white space of RFC 9110 section 5.6.3.
  var isBlank: Bool { self == .space || self == .tab }

  var isDigit: Bool { self >= 0x30 && self <= 0x39 }

  /// The letter in lower case; any other byte unchanged.
  @inline(__always)
  var lowered: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }

  /// The value of a hexadecimal digit, 0 to 15; nil for any other byte.
  var hexValue: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x41...0x46: self - 0x37
    case 0x61...0x66: self - 0x57
    default: nil
    }
  }
}

extension Span<UInt8> {
  /// Returns true if these bytes are `text`, without regard to the case of ASCII letters. `text` is
  /// in lower case.
  package func matches(lowercase text: String) -> Bool {
    guard text.utf8.count == count else { return false }
    var index = 0
    for byte in text.utf8 {
      guard self[index].lowered == byte else { return false }
      index += 1
    }
    return true
  }

  /// The part of `range` without SP and HTAB at either end.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end && self[start].isBlank { start += 1 }
    while start < end && self[end - 1].isBlank { end -= 1 }
    return start..<end
  }
}
