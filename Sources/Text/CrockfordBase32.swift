/// Douglas Crockford's base 32 in lower case, without i, l, o and u (crockford.com/base32.html).
package enum CrockfordBase32 {
  private static let alphabet = [UInt8]("0123456789abcdefghjkmnpqrstvwxyz".utf8)

  /// Returns the last `count` digits of five bits each.
  package static func encode(_ bits: UInt128, digits count: Int) -> [UInt8] {
    var rest = bits
    var digits = [UInt8](repeating: 0, count: count)
    for index in digits.indices.reversed() {
      digits[index] = alphabet[Int(truncatingIfNeeded: rest & 31)]
      rest >>= 5
    }
    return digits
  }

  /// Returns the value of a digit, 0 to 31; nil for a byte outside the alphabet.
  package static func value(of digit: UInt8) -> UInt8? {
    alphabet.firstIndex(of: digit).map { UInt8(truncatingIfNeeded: $0) }
  }

  /// Returns true for a digit of the alphabet.
  @inlinable package static func contains(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "i"), UInt8(ascii: "l"), UInt8(ascii: "o"), UInt8(ascii: "u"): false
    default: ASCII.isLowercaseLetterOrDigit(byte)
    }
  }
}
