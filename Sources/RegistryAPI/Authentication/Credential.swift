import HTTPWire
import Registry
import Text

/// The bearer token of a request (RFC 6750 section 2.1). Tokens in the query or the body are
/// ignored.
enum Credential: Equatable {
  /// No bearer token was sent.
  case none
  /// The text sent is not a token of this registry: its form or checksum is wrong.
  case malformed
  /// The hash of a token with the right form and checksum.
  case token(TokenHash)

  /// Reads the headers. If a hash `isKnown`, it is that of a token, and the checksum is not
  /// computed again.
  init(_ headers: HTTPHeaders, isKnown: (TokenHash) -> Bool) {
    var (credential, count) = (Credential.none, 0)
    headers.forEachValue("Authorization") { value in
      credential = Credential(value, isKnown)
      count += 1
    }
    self = count > 1 ? .malformed : credential
  }

  private init(_ value: Span<UInt8>, _ isKnown: (TokenHash) -> Bool) {
    var start = Self.scheme.utf8CodeUnitCount
    guard value.count >= start, Self.begins(value), value.count == start || value[start] == 0x20 else {
      self = .none
      return
    }
    while start < value.count && value[start] == 0x20 { start += 1 }
    self = TokenText.hash(of: value.extracting(start..<value.count), isKnown).map(Credential.token) ?? .malformed
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
