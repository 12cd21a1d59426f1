import HTTPWire
import Registry
import System

/// Finds the token of a request: the one that it sends, the one of the console's cookie, or the one
/// of its client's certificate. That takes one indexed read. Nothing is read without a token, or if
/// its checksum is wrong.
struct Authentication {
  let failures: RateLimiter<String>
  let limit: RateLimit
  /// The API that the request belongs to.
  let dialect: Dialect
  /// The token of the client's certificate; nil if the request has a credential of its own.
  let certificateToken: TokenID?
  /// The console's cookie; nil if it does not count.
  let cookie: SessionCookie?
  /// Counts a request without a valid token.
  let onRejection: (TokenRejection.Reason) -> Void
  let address: String
  let now: Timestamp

  /// Returns the caller's token. Throws the same `401` whatever was wrong, or `429` after too many
  /// failures of the address; the addresses of an IPv6 network count as one. A valid token is
  /// accepted before anything is counted, so that failures cannot lock out another client.
  func token(_ headers: HTTPHeaders, _ reader: any RegistryReader) throws -> Token {
    var cached: Token?
    let credential = credential(headers) { hash in
      cached = reader.cachedToken(hash)
      return cached != nil
    }
    switch credential {
    case .none:
      guard let certificateToken else { throw missing() }
      return try valid(reader.token(certificateToken))
    case .malformed: throw failure(.malformed)
    case .token(let hash): return try valid(cached ?? reader.tokenThroughCache(hash))
    }
  }

  private func credential(
    _ headers: HTTPHeaders, _ kind: TokenText.Kind = .token, isKnown: (TokenHash) -> Bool = { _ in false }
  ) -> Credential {
    cookie?.credential(isKnown: isKnown) ?? Credential(headers, dialect, kind, isKnown: isKnown)
  }

  private func valid(_ found: Token?) throws(Problem) -> Token {
    guard let token = found else { throw failure(.unknown) }
    guard token.isValid(at: now) else { throw failure(token.revokedAt == nil ? .expired : .revoked, token.id) }
    guard token.isValid(from: address) else { throw failure(.address, token.id) }
    return token
  }

  /// Returns the hand-over of the link whose secret was sent, and its ICC. Throws the same `401` as
  /// `token` for an unknown link, and the same `410` for each reason that ended one.
  func handOver(_ headers: HTTPHeaders, _ reader: any RegistryReader) throws -> (handOver: HandOver, icc: ICC) {
    switch credential(headers, .link) {
    case .none: throw missing()
    case .malformed: throw failure(.malformed)
    case .token(let hash):
      guard let found = try HandOverLifecycle.find(hash, at: now, reader) else { throw failure(.unknown) }
      return found
    }
  }

  /// Returns the error response for a request whose credential is not a token by its form alone;
  /// nil if a lookup must decide.
  func problem(withFormOf headers: HTTPHeaders, _ kind: TokenText.Kind) -> Problem? {
    switch credential(headers, kind) {
    case .none: return kind == .token && certificateToken != nil ? nil : missing()
    case .malformed: return failure(.malformed)
    case .token: return nil
    }
  }

  private func missing() -> Problem {
    onRejection(.missing)
    return rejected(.unauthenticated(tokenWasSent: false), .missing)
  }

  private func failure(_ reason: TokenRejection.Reason, _ token: TokenID? = nil) -> Problem {
    onRejection(reason)
    if let seconds = failures.note(NetworkBlock.name(of: address), limit, at: now) {
      return rejected(.tooManyFailures(retryAfter: seconds), reason, token)
    }
    var problem = Problem.unauthenticated(tokenWasSent: true)
    if let cookie { problem.headers.append(cookie.deletion) }
    return rejected(problem, reason, token)
  }

  private func rejected(_ problem: Problem, _ reason: TokenRejection.Reason, _ token: TokenID? = nil) -> Problem {
    var problem = problem
    problem.rejection = TokenRejection(reason: reason, token: token)
    return problem
  }
}
