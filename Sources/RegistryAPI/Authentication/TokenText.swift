import OpenSSLKit
package import Registry

/// The text of a bearer token: `iccr_`, 43 base64url characters of 32 random bytes, `_`, and 6 characters of checksum.
///
/// The checksum is the first 6 base64url characters of the SHA-256 of all that stands before its underscore. It keeps no
/// secret: it lets a scanner, and this server before it asks the database, tell a token from other text.
package struct TokenText: Sendable {
  /// The number of characters, all of them ASCII.
  package static let length = 55
  /// What every token begins with.
  package static let prefix = "iccr_"
  private static let checksumLength = 6
  private static let checkedLength = length - checksumLength - 1

  /// The text, which is shown once and never stored.
  package let text: String

  /// A fresh token: 256 bits of the system's cryptographic random source (`getrandom(2)`).
  package static func random() -> TokenText {
    var generator = SystemRandomNumberGenerator()
    return TokenText(secret: (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
  }

  private init(secret: [UInt8]) {
    let checked = Self.prefix + Base64URL.encode(secret)
    text = checked + "_" + Self.checksum(of: Array(checked.utf8))
  }

  /// The token with this text; nil where its form or its checksum is not a token's.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == Self.length, text.hasPrefix(Self.prefix), bytes[Self.checkedLength] == UInt8(ascii: "_"),
      bytes.allSatisfy(Base64URL.contains)
    else { return nil }
    let expected = Self.checksum(of: Array(bytes[..<Self.checkedLength]))
    guard constantTimeEquals(Array(expected.utf8), Array(bytes[(Self.checkedLength + 1)...])) else { return nil }
    self.text = text
  }

  /// What the token is stored and found by.
  package var hash: TokenHash {
    TokenHash(bytes: SHA256.digest(of: text))
  }

  private static func checksum(of bytes: [UInt8]) -> String {
    String(Base64URL.encode(SHA256.digest(of: bytes)).prefix(checksumLength))
  }
}
