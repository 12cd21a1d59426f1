import HTTPWire

extension Problem {
  /// `401`, with the same body whatever was wrong; RFC 6750 section 3 wants the error named only where a token was sent.
  static func unauthenticated(tokenWasSent: Bool) -> Problem {
    let challenge = "Bearer realm=\"icc-registry\""
    return Problem(
      .unauthenticated,
      headers: [
        HTTPHeaders.Field("WWW-Authenticate", tokenWasSent ? challenge + ", error=\"invalid_token\"" : challenge)
      ])
  }

  /// `403` (RFC 6750 section 3.1).
  static let forbidden = Problem(
    .forbidden,
    headers: [
      HTTPHeaders.Field("WWW-Authenticate", "Bearer realm=\"icc-registry\", error=\"insufficient_scope\"")
    ])

  /// `429`, after too many wrong tokens.
  static func tooManyFailures(retryAfter seconds: Int) -> Problem {
    Problem(.tooManyRequests, headers: [retryAfter(seconds)])
  }
}
