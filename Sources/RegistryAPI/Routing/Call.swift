import HTTPWire
import Registry

/// A request on its route: what a handler gets to see.
struct Call: Sendable {
  let api: RegistryAPI
  let request: HTTPRequest
  let route: Route
  /// The values of the template's places, in order, decoded.
  let parameters: [String]
  let query: Query
  let requestID: String
  let address: String
  let now: Timestamp
  /// What the client likes best of what the route offers; nil where it offers nothing.
  let mediaType: MediaType?
  /// Parameters of the query that the route does not know, or has more than once. A handler that reads input puts its
  /// own findings to these.
  let findings: [Finding]

  /// The ICC that the path names; what is no identifier names nothing.
  func iccID() throws(Problem) -> ICCID {
    guard let text = parameters.first, let id = ICCID(text) else { throw Problem(.notFound) }
    return id
  }

  /// What the rules of the lifecycle want to know of the caller.
  func context(_ token: Token, isDryRun: Bool = false) -> ChangeContext {
    ChangeContext(
      actor: Actor(token.id), scope: token.scope, address: address, requestID: requestID, now: now, isDryRun: isDryRun)
  }

  /// Runs `body` in a transaction of the writer's, in which the token is looked at once more: a change is never
  /// committed behind its token's revocation.
  func write<Value: Sendable>(
    _ token: Token, dryRun: Bool, _ body: @escaping @Sendable (any RegistryWriter) throws -> Value
  ) async throws -> Value {
    let now = now
    return try await api.store.write(dryRun: dryRun) { writer in
      guard let present = try writer.token(token.id), present.isValid(at: now) else {
        throw Problem.unauthenticated(tokenWasSent: true)
      }
      return try body(writer)
    }
  }
}
