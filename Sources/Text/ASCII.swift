/// Classes of ASCII bytes, spelled out: Unicode properties would also accept `é` or `Ａ`.
package enum ASCII {
  /// Returns true for a space and U+0009 to U+000D.
  @inlinable package static func isWhitespace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// Returns true for a space and a tab: the `OWS` of RFC 9110 section 5.6.3.
  @inlinable package static func isSpaceOrTab(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// Returns true for 0 to 9.
  @inlinable package static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Returns true for a to z.
  @inlinable package static func isLowercaseLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }

  /// Returns true for A to Z.
  @inlinable package static func isUppercaseLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }

  /// Returns true for A to Z and a to z.
  @inlinable package static func isLetter(_ byte: UInt8) -> Bool { isLowercaseLetter(byte | 0x20) }

  /// Returns true for a to z and 0 to 9.
  @inlinable package static func isLowercaseLetterOrDigit(_ byte: UInt8) -> Bool {
    isLowercaseLetter(byte) || isDigit(byte)
  }

  /// Returns true for A to Z, a to z and 0 to 9.
  @inlinable package static func isLetterOrDigit(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }

  /// Returns true for the characters that leave a mark: 0x21 to 0x7E.
  @inlinable package static func isVisible(_ byte: UInt8) -> Bool { (0x21...0x7E).contains(byte) }

  /// Returns true for the characters that leave a mark: U+0021 to U+007E.
  @inlinable package static func isVisible(_ scalar: Unicode.Scalar) -> Bool { (0x21...0x7E).contains(scalar.value) }

  /// Returns true for the visible characters and the space: 0x20 to 0x7E.
  @inlinable package static func isPrintable(_ byte: UInt8) -> Bool { (0x20...0x7E).contains(byte) }

  /// Returns the byte, or the lowercase letter of A to Z.
  @inlinable package static func lowercased(_ byte: UInt8) -> UInt8 { isUppercaseLetter(byte) ? byte | 0x20 : byte }

  /// Returns the text with A to Z as a to z.
  package static func lowercased(_ text: some Sequence<UInt8>) -> String {
    String(decoding: text.map(lowercased), as: UTF8.self)
  }

  /// Returns the number that the digits represent; nil without digits, with any other byte, or
  /// where it overflows.
  package static func number<Number: FixedWidthInteger>(_ digits: some Sequence<UInt8>) -> Number? {
    var (value, isEmpty) = (Number.zero, true)
    for digit in digits {
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      guard isDigit(digit), !overflow else { return nil }
      let (sum, carry) = tens.addingReportingOverflow(Number(digit - 0x30))
      guard !carry else { return nil }
      (value, isEmpty) = (sum, false)
    }
    return isEmpty ? nil : value
  }

  /// Returns a number of at least zero with leading zeros up to `width` digits.
  package static func padded(_ number: some FixedWidthInteger, to width: Int) -> String {
    String(number).leftPadded(to: width)
  }
}

extension String {
  /// The text with zeros in front, up to `width` bytes.
  func leftPadded(to width: Int) -> String {
    String(repeating: "0", count: max(0, width - utf8.count)) + self
  }
}
