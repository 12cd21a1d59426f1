/// Digits of base 62: a double click selects a text of them, unlike one with `-`.
package enum Base62 {
  private static let alphabet = [UInt8]("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

  /// Returns `count` random digits, each one as likely as any other: 5.95 bits per digit. They come
  /// from `SystemRandomNumberGenerator`, which is cryptographically secure.
  package static func random(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in alphabet[Int.random(in: 0..<62)] }
  }

  /// Returns the last digit of a number, and divides the number by 62.
  package static func takeDigit(of number: inout UInt64) -> UInt8 {
    let (quotient, digit) = number.quotientAndRemainder(dividingBy: 62)
    number = quotient
    return alphabet[Int(digit)]
  }
}
