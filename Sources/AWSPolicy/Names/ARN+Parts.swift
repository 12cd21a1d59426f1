import Text

// The forms of parts that several services share.
extension ARN {
  /// Returns true for `[A-Za-z0-9_+=,.@-]`, which AWS writes as `[\w+=,.@-]`: a character of a
  /// role's or role session's name
  /// (https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html).
  package static func isNameCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "="), UInt8(ascii: ","), UInt8(ascii: "."),
      UInt8(ascii: "@"), UInt8(ascii: "-"):
      true
    default: ASCII.isLetterOrDigit(byte)
    }
  }

  /// Returns true for the form of a Region's name: words of lowercase letters and a number, such as
  /// `eu-west-1` and `us-gov-west-1`.
  package static func isRegion(_ text: some StringProtocol) -> Bool {
    let words = text.split(separator: "-", omittingEmptySubsequences: false)
    guard (3...5).contains(words.count), let number = words.last else { return false }
    return (1...2).contains(number.utf8.count) && number.utf8.allSatisfy(ASCII.isDigit)
      && words.dropLast().allSatisfy { $0.utf8.count >= 2 && $0.utf8.allSatisfy(ASCII.isLowercaseLetter) }
  }
}
