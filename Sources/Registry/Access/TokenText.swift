import OpenSSLKit
import Text

/// The text of a bearer token, the secret of a link, or the value of a session cookie: `iccr_`,
/// `icch_` or `iccs_`, 43 random base-62 characters, `_`, and 6 characters of checksum.
///
/// The checksum is the last 6 base-62 digits of the first 8 bytes of the SHA-256 of everything
/// before its underscore. It is not secret: with it, a secret scanner can recognise a token, and
/// the server can reject other text without a query. Tokens in the earlier form, in the base64url
/// alphabet, stay valid; their checksum is the first 6 base64url characters of the same SHA-256.
package struct TokenText: Sendable {
  /// The number of characters, all of them ASCII.
  package static let length = 55
  /// The use of a text.
  package enum Kind: CaseIterable, Sendable {
    /// A bearer token.
    case token
    /// The secret of a link to the set-up of one ICC.
    case link
    /// The value of the cookie that keeps a browser of the console signed in.
    case cookie

    /// The first 5 characters of every text of this kind.
    package var prefix: String {
      switch self {
      case .token: "iccr_"
      case .link: "icch_"
      case .cookie: "iccs_"
      }
    }
  }

  private static let checksumLength = 6
  private static let secretLength = 43
  private static let checkedLength = length - checksumLength - 1

  /// The text, which is shown only once and never stored.
  package let text: String

  /// Generates a text from the system's cryptographic random source (`getrandom(2)`): 62 to the
  /// power of 43 is more than 2 to the power of 256.
  package static func random(_ kind: Kind = .token) -> TokenText {
    let checked = Array(kind.prefix.utf8) + Base62.random(secretLength)
    let checksum = Self.checksum(SHA256.digest(of: checked))
    return TokenText(made: checked + [UInt8(ascii: "_")] + checksum.indices.map { checksum[$0] })
  }

  private init(made text: [UInt8]) {
    self.text = String(decoding: text, as: UTF8.self)
  }

  /// The token with this text; nil if its form or checksum is wrong.
  package init?(_ text: String) {
    guard Self.hasForm(text.utf8.span, .token), Self.hasChecksum(text.utf8.span) else { return nil }
    self.text = text
  }

  /// Returns the hash of a token's text; nil if its form or checksum is wrong. If the hash
  /// `isKnown`, the checksum is not computed, since it would cost as much as the hash.
  package static func hash(
    of text: Span<UInt8>, _ kind: Kind = .token, _ isKnown: (TokenHash) -> Bool
  ) -> TokenHash? {
    guard hasForm(text, kind) else { return nil }
    let hash = TokenHash(bytes: SHA256.digest(of: text))
    return isKnown(hash) || hasChecksum(text) ? hash : nil
  }

  /// The hash that the token is stored and found by.
  package var hash: TokenHash {
    TokenHash(bytes: SHA256.digest(of: text))
  }

  /// The last four characters, by which its bearer recognises it in a list. They are of the
  /// checksum, and so tell nothing of the secret that a guess could use.
  package var lastFour: String { String(text.suffix(4)) }

  private static func hasForm(_ text: Span<UInt8>, _ kind: Kind) -> Bool {
    guard text.count == length, text[checkedLength] == UInt8(ascii: "_") else { return false }
    let prefix = kind.prefix
    let expected = prefix.utf8.span
    for index in expected.indices where text[index] != expected[index] { return false }
    for index in text.indices where !Base64URL.contains(text[index]) { return false }
    return true
  }

  /// Returns true if the checksum of a text of the right form is correct, in either form: a token
  /// of the earlier form can have base-62 characters only.
  private static func hasChecksum(_ text: Span<UInt8>) -> Bool {
    let digest = SHA256.digest(of: text.extracting(0..<checkedLength))
    let sent = text.extracting(checkedLength + 1..<length)
    let (present, earlier) = (checksum(digest), earlierChecksum(digest))
    return constantTimeEquals(present.span, sent) || constantTimeEquals(earlier.span, sent)
  }

  private static func checksum(_ digest: [UInt8]) -> [6 of UInt8] {
    var number = (0..<8).reduce(UInt64(0)) { $0 << 8 | UInt64(digest[$1]) }
    return [6 of UInt8] { _ in Base62.takeDigit(of: &number) }
  }

  private static func earlierChecksum(_ digest: [UInt8]) -> [6 of UInt8] {
    // 6 characters of 6 bits each are 36 of these 40.
    let bits = (0..<5).reduce(UInt64(0)) { $0 << 8 | UInt64(digest[$1]) }
    return [6 of UInt8] { index in Base64URL.character(UInt8(truncatingIfNeeded: bits >> UInt64(34 - 6 * index))) }
  }
}
