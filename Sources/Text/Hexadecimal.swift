/// Hexadecimal digits (RFC 4648 section 8).
package enum Hexadecimal {
  /// The case in which digits are written.
  package enum LetterCase: UInt8, Sendable {
    /// `a` to `f`, as in digests.
    case lower = 0x57
    /// `A` to `F`, as in percent-encodings and code points.
    case upper = 0x37
  }

  /// Returns the value of a digit in either case, 0 to 15; nil for any other byte.
  @inlinable package static func value(of digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x41...0x46: digit - 0x37
    case 0x61...0x66: digit - 0x57
    default: nil
    }
  }

  /// Returns true for 0 to 9, A to F and a to f.
  @inlinable package static func isDigit(_ byte: UInt8) -> Bool { value(of: byte) != nil }

  /// Returns true for 0 to 9 and a to f.
  @inlinable package static func isLowercaseDigit(_ byte: UInt8) -> Bool {
    ASCII.isDigit(byte) || (0x61...0x66).contains(byte)
  }

  /// Returns the digit for the last four bits of a byte.
  package static func digit(_ bits: UInt8, _ letterCase: LetterCase = .lower) -> UInt8 {
    let value = bits & 15
    return value < 10 ? 0x30 + value : letterCase.rawValue + value
  }

  /// Returns two digits for each byte.
  package static func text(_ bytes: some Sequence<UInt8>) -> String {
    String(decoding: bytes.flatMap { [digit($0 >> 4), digit($0)] }, as: UTF8.self)
  }

  /// Returns the bytes that two lower-case digits each are written for; nil for any other text.
  package static func bytes(ofLowercase text: some StringProtocol) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count % 2 == 0, digits.allSatisfy(isLowercaseDigit) else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { pair in
      (value(of: digits[pair]) ?? 0) << 4 | (value(of: digits[pair + 1]) ?? 0)
    }
  }

  /// Returns the digits of a number with leading zeros up to `width` digits.
  package static func padded(
    _ number: some FixedWidthInteger & UnsignedInteger, to width: Int, _ letterCase: LetterCase = .lower
  ) -> String {
    String(number, radix: 16, uppercase: letterCase == .upper).leftPadded(to: width)
  }
}
