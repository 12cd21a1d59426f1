import Registry

/// A request without a valid token, for the log and the metrics. The response does not say which.
struct TokenRejection: Sendable {
  /// The reason why the token is not valid.
  enum Reason: String, CaseIterable {
    case missing, malformed, unknown, expired, revoked, address
  }

  let reason: Reason
  /// The token that was rejected, if the store knows it.
  var token: TokenID?
}
