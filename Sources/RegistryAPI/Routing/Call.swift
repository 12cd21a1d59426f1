import HTTPWire
import Registry

/// A request that matched a route: the handler's view of it.
struct Call: Sendable {
  let services: Services
  let route: Route
  let request: HTTPRequest
  /// The decoded values of the template's parameters, in order.
  let parameters: [String]
  let identity: RequestIdentity
  let address: String
  /// The token that the settings give to the client's certificate; nil if the request has a
  /// credential of its own, or no such certificate.
  let certificateToken: TokenID?
  /// The console's cookie; nil if it does not count for this request.
  let cookie: SessionCookie?
  let now: Timestamp
  /// The decoded query; empty until the pipeline has read it.
  var query = Query.empty
  /// The media type to respond with, of those that the route offers; nil if the response has no
  /// content.
  var mediaType: MediaType?
  /// Query parameters that the route does not know, or that occur more than once. A handler that
  /// reads input adds its own errors to these.
  var queryErrors: RequestErrors = []

  /// The ICC in the path, for the log; nil if the path has none.
  var namedICC: ICCID? {
    guard let text = parameters.first,
      route.template.text.hasPrefix("/v1/iccs/{id}") || route.template.text.contains("/{config_id}")
    else { return nil }
    return ICCID(text)
  }

  /// The ICC in the path. Throws `404` if the text is not an identifier.
  func iccID() throws(Problem) -> ICCID {
    guard let text = parameters.first, let id = ICCID(text) else { throw Problem(.notFound) }
    return id
  }

  /// Returns false if the response would have a token in it that works without the caller's
  /// credential: for a certificate, without its key; for the console's cookie, beyond its browser.
  func credentialAllows(_ action: Action) -> Bool {
    !Self.makesToken(action) || certificateToken == nil && cookie == nil
  }

  /// Returns true if the action makes a token that takes the place of the caller's.
  static func makesToken(_ action: Action) -> Bool { action == .rotateSession || action == .createSession }

  /// The cursors of the caller's lists.
  func cursorSeal(_ token: Token) -> CursorSeal { CursorSeal(key: services.cursorKey, token.scope) }

  /// Reads the body, if the route takes one. Throws `415` for another media type and `400` if it is
  /// not JSON.
  func input() throws(Problem) -> InputReader {
    let body = try BodyReading.object(of: request, for: route.operation.body?.mediaType)
    return InputReader(query: query, body: body, errors: queryErrors)
  }

  /// The caller, as the lifecycle's rules see it.
  func context(_ token: Token, isDryRun: Bool = false, isForced: Bool = false) -> ChangeContext {
    ChangeContext(
      actor: Actor(token.id), scope: token.scope, address: address, requestID: identity.id, now: now,
      isDryRun: isDryRun, isForced: isForced)
  }

  /// Runs `body` in a write transaction that checks the token again first: a change is never
  /// committed after its token's revocation.
  func write<Value: Sendable>(
    _ token: Token, dryRun: Bool, _ body: @escaping @Sendable (any RegistryWriter) throws -> Value
  ) async throws -> Value {
    try await services.store.write(for: token.scope, dryRun: dryRun) { writer in
      try requireValid(token, writer)
      return try body(writer)
    }
  }

  /// Throws `401` if the token has been revoked since the request was authenticated, or is not
  /// valid any more at a later time.
  func requireValid(_ token: Token, _ reader: any RegistryReader, at time: Timestamp? = nil) throws {
    guard let present = try reader.token(token.id), present.isValid(at: time ?? now) else {
      throw Problem.unauthenticated(tokenWasSent: true)
    }
  }
}
