/// Classes of ASCII bytes, written out: a class by Unicode's properties would let `é` or `Ａ` in.
enum ASCII {
  /// Space, and U+0009 to U+000D.
  static func isWhiteSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  static func isLowerCaseLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }

  static func isUpperCaseLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }

  static func isLowerCaseLetterOrDigit(_ byte: UInt8) -> Bool { isLowerCaseLetter(byte) || isDigit(byte) }

  static func isLetterOrDigit(_ byte: UInt8) -> Bool { isLowerCaseLetterOrDigit(byte) || isUpperCaseLetter(byte) }

  /// `[A-Za-z0-9_+=,.@-]`: what AWS writes as `[\w+=,.@-]` for the names of roles and role sessions.
  static func isOfIAMName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "="), UInt8(ascii: ","), UInt8(ascii: "."),
      UInt8(ascii: "@"),
      UInt8(ascii: "-"):
      true
    default: isLetterOrDigit(byte)
    }
  }

  /// The text with A–Z as a–z.
  static func lowerCased(_ text: some Sequence<UInt8>) -> String {
    String(decoding: text.map { isUpperCaseLetter($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }

  /// Whether the text has the form of a Region's name: words of small letters and a number, such as `eu-west-1` and `us-gov-west-1`.
  static func isRegion(_ text: some StringProtocol) -> Bool {
    let words = text.split(separator: "-", omittingEmptySubsequences: false)
    guard (3...5).contains(words.count), let number = words.last else { return false }
    return (1...2).contains(number.utf8.count) && number.utf8.allSatisfy(isDigit)
      && words.dropLast().allSatisfy { $0.utf8.count >= 2 && $0.utf8.allSatisfy(isLowerCaseLetter) }
  }
}
