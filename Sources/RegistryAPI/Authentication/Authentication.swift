import HTTPWire
import Registry

/// Finds out whose token a request carries: one indexed read, none where no token was sent or its checksum is wrong.
struct Authentication {
  let api: RegistryAPI
  let address: String
  let now: Timestamp

  /// The caller's token. Throws the same `401` whatever was wrong, or `429` once it went wrong too often; a good token is
  /// let in before anything is counted.
  func token(_ headers: HTTPHeaders, _ reader: any RegistryReader) throws -> Token {
    var kept: Token?
    let credential = Credential(headers) { hash in
      kept = reader.keptToken(hash)
      return kept != nil
    }
    switch credential {
    case .none: throw Problem.unauthenticated(tokenWasSent: false)
    case .malformed: throw failure()
    case .token(let hash):
      guard let token = try kept ?? reader.token(hash), token.isValid(at: now) else { throw failure() }
      if api.uses.note(token, at: now) { api.flushInBackground() }
      return token
    }
  }

  private func failure() -> Problem {
    if let seconds = api.failures.note(address, at: now) { return .tooManyFailures(retryAfter: seconds) }
    return .unauthenticated(tokenWasSent: true)
  }
}
