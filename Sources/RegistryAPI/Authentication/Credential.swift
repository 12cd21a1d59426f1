import HTTPWire
import Registry
import Text

/// The bearer token of a request (RFC 6750 section 2.1). Tokens in the query or the body are
/// ignored. InfoSum's clients send the token without a scheme.
enum Credential: Equatable {
  /// No bearer token was sent.
  case none
  /// The text sent is not a token of this registry: its form or checksum is wrong.
  case malformed
  /// The hash of a token with the right form and checksum.
  case token(TokenHash)

  /// Reads the headers. If a hash `isKnown`, it is that of a token, and the checksum is not
  /// computed again.
  init(
    _ headers: HTTPHeaders, _ dialect: Dialect, _ kind: TokenText.Kind = .token, isKnown: (TokenHash) -> Bool
  ) {
    var (credential, count) = (Credential.none, 0)
    headers.forEachValue("Authorization") { value in
      credential = Credential(value, dialect, kind, isKnown)
      count += 1
    }
    self = count > 1 ? .malformed : credential
  }

  private init(
    _ value: Span<UInt8>, _ dialect: Dialect, _ kind: TokenText.Kind, _ isKnown: (TokenHash) -> Bool
  ) {
    var start = Self.scheme.utf8CodeUnitCount
    if value.count < start || !Self.begins(value) || value.count > start && value[start] != 0x20 {
      guard dialect == .infoSum, !Self.hasSpace(value) else {
        self = .none
        return
      }
      start = 0
    }
    while start < value.count && value[start] == 0x20 { start += 1 }
    let hash = TokenText.hash(of: value.extracting(start..<value.count), kind, isKnown)
    self = hash.map(Credential.token) ?? .malformed
  }

  /// True if the value has several words: then the first is the name of another scheme.
  private static func hasSpace(_ value: Span<UInt8>) -> Bool {
    for index in value.indices where value[index] == 0x20 { return true }
    return false
  }

  private static let scheme: StaticString = "bearer"

  /// True if the value starts with the scheme, ignoring case (RFC 9110 section 11.1).
  private static func begins(_ value: Span<UInt8>) -> Bool {
    for index in 0..<scheme.utf8CodeUnitCount where unsafe ASCII.lowercased(value[index]) != scheme.utf8Start[index] {
      return false
    }
    return true
  }
}
