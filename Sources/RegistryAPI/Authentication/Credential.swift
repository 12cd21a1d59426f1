import HTTPWire
import Registry
import Text

/// What a request shows for authentication (RFC 6750 section 2.1). Tokens in the query or the body are never read.
enum Credential: Equatable {
  /// No bearer token was sent.
  case none
  /// Something was sent that is no token of this registry by its form or its checksum.
  case malformed
  /// The hash of a token whose form and checksum are right.
  case token(TokenHash)

  /// What the headers show. A hash that `isKnown` is that of a token, whose checksum need not be worked out again.
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

  /// The scheme's name in any case (RFC 9110 section 11.1).
  private static func begins(_ value: Span<UInt8>) -> Bool {
    for index in 0..<scheme.utf8CodeUnitCount where unsafe ASCII.lowercased(value[index]) != scheme.utf8Start[index] {
      return false
    }
    return true
  }
}
