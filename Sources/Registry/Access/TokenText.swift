import OpenSSLKit
import Text

/// The text of a bearer token: `iccr_`, 43 base64url characters of 32 random bytes, `_`, and 6
/// characters of checksum.
///
/// The checksum is the first 6 base64url characters of the SHA-256 of everything before its
/// underscore. It is not secret: with it, a secret scanner can recognise a token, and the server
/// can reject other text without a query.
package struct TokenText: Sendable {
  /// The number of characters, all of them ASCII.
  package static let length = 55
  /// The first characters of every token.
  package static let prefix = "iccr_"
  private static let checksumLength = 6
  private static let checkedLength = length - checksumLength - 1

  /// The text, which is shown only once and never stored.
  package let text: String

  /// Generates a token from 256 bits of the system's cryptographic random source (`getrandom(2)`).
  package static func random() -> TokenText {
    var generator = SystemRandomNumberGenerator()
    return TokenText(secret: (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
  }

  private init(secret: [UInt8]) {
    let checked = Self.prefix + Base64URL.encode(secret.span)
    let checksum = Self.checksum(of: checked.utf8.span)
    text = checked + "_" + String(decoding: checksum.indices.map { checksum[$0] }, as: UTF8.self)
  }

  /// The token with this text; nil if its form or checksum is wrong.
  package init?(_ text: String) {
    guard Self.hasForm(text.utf8.span), Self.hasChecksum(text.utf8.span) else { return nil }
    self.text = text
  }

  /// Returns the hash of a token's text; nil if its form or checksum is wrong. If the hash
  /// `isKnown`, the checksum is not computed, since it would cost as much as the hash.
  package static func hash(of text: Span<UInt8>, _ isKnown: (TokenHash) -> Bool) -> TokenHash? {
    guard hasForm(text) else { return nil }
    let hash = TokenHash(bytes: SHA256.digest(of: text))
    return isKnown(hash) || hasChecksum(text) ? hash : nil
  }

  /// The hash that the token is stored and found by.
  package var hash: TokenHash {
    TokenHash(bytes: SHA256.digest(of: text))
  }

  private static func hasForm(_ text: Span<UInt8>) -> Bool {
    guard text.count == length, text[checkedLength] == UInt8(ascii: "_") else { return false }
    let prefix = prefix.utf8.span
    for index in prefix.indices where text[index] != prefix[index] { return false }
    for index in text.indices where !Base64URL.contains(text[index]) { return false }
    return true
  }

  /// Whether the checksum of a text of the right form is correct.
  private static func hasChecksum(_ text: Span<UInt8>) -> Bool {
    let expected = checksum(of: text.extracting(0..<checkedLength))
    return constantTimeEquals(expected.span, text.extracting(checkedLength + 1..<length))
  }

  private static func checksum(of bytes: Span<UInt8>) -> [6 of UInt8] {
    let digest = SHA256.digest(of: bytes)
    // 6 characters of 6 bits each are 36 of these 40.
    let bits = (0..<5).reduce(UInt64(0)) { $0 << 8 | UInt64(digest[$1]) }
    return [6 of UInt8] { index in Base64URL.character(UInt8(truncatingIfNeeded: bits >> UInt64(34 - 6 * index))) }
  }
}
