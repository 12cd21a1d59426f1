import HTTPWire
import Registry
import Text

/// The identifier that a client gave its request in `X-Request-Id`, for the log only.
package enum ClientRequestID: Sendable, Hashable {
  /// An identifier that can be logged.
  case given(String)
  /// A value that is not logged, with the reason.
  case rejected(Reason)

  /// The reason why a value is not logged.
  package enum Reason: String, Sendable {
    /// The value is empty.
    case empty
    /// The value is longer than `maxLength`.
    case tooLong = "too-long"
    /// The value has a character other than `A-Za-z0-9` and `-._:/+=@`.
    case invalidCharacter = "invalid-character"
    /// The value contains a bearer token.
    case containsToken = "contains-token"
  }

  /// The maximum length in bytes: longer than a UUID and than the identifiers of common proxies and
  /// tracing systems.
  package static let maxLength = 128

  /// The first `X-Request-Id`; nil if the request has none.
  init?(_ headers: HTTPHeaders) {
    guard let value = headers.first("X-Request-Id") else { return nil }
    self = Self.reason(against: value).map(Self.rejected) ?? .given(value)
  }

  private static func reason(against value: String) -> Reason? {
    if value.isEmpty { return .empty }
    if value.utf8.count > maxLength { return .tooLong }
    if !value.utf8.allSatisfy(isAllowed) { return .invalidCharacter }
    return TokenText.Kind.allCases.contains { value.contains($0.prefix) } ? .containsToken : nil
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    ASCII.isLetterOrDigit(byte) || "-._:/+=@".utf8.contains(byte)
  }
}
