import HTTPWire

extension Problem {
  /// A `401`, with the same body whatever was wrong. The challenge only names an error if a token
  /// was sent (RFC 6750 section 3).
  static func unauthenticated(tokenWasSent: Bool) -> Problem {
    let challenge = "Bearer realm=\"icc-registry\""
    return Problem(
      .unauthenticated,
      headers: [
        HTTPHeaders.Field("WWW-Authenticate", tokenWasSent ? challenge + ", error=\"invalid_token\"" : challenge)
      ])
  }

  /// A `403` (RFC 6750 section 3.1).
  static let forbidden = Problem(
    .forbidden,
    headers: [
      HTTPHeaders.Field("WWW-Authenticate", "Bearer realm=\"icc-registry\", error=\"insufficient_scope\"")
    ])

  /// A `429` after too many requests of one organisation, with the fields of
  /// draft-ietf-httpapi-ratelimit-headers: the policy, and the remaining requests with the seconds
  /// until more are allowed.
  static func rateLimited(_ limit: RateLimit, retryAfter seconds: Int) -> Problem {
    Problem(
      .rateLimitExceeded,
      headers: [
        retryAfter(seconds),
        HTTPHeaders.Field("RateLimit-Policy", "\"organisation\";q=\(limit.burst);w=\(limit.window)"),
        HTTPHeaders.Field("RateLimit", "\"organisation\";r=0;t=\(seconds)"),
      ])
  }

  /// A `429` after too many invalid tokens.
  static func tooManyFailures(retryAfter seconds: Int) -> Problem {
    Problem(.tooManyRequests, headers: [retryAfter(seconds)])
  }
}
