import HTTPWire
import JSON
import Registry

/// The endpoints for the caller's own token.
enum SessionRoutes {
  static let routes = [
    Route(
      .get, "/v1/session", .action(.readSession),
      Operation(
        id: "readSession", tag: .tokens, summary: "Read your token's role and permissions",
        description: "A client can use it to offer only the allowed actions.",
        success: .init(status: 200, description: "The token that was sent.", schema: Schema.reference("Session"))),
      .read(SessionHandlers.read)),
    Route(
      .post, "/v1/session", .action(.createSession),
      Operation(
        id: "createSession", tag: .tokens, summary: "Keep a browser signed in",
        description: "For the console: makes a token with the role and limits of yours, and sets it as a cookie that "
          + "scripts cannot read. The cookie counts only in requests of the console. The new token does not outlive "
          + "yours, and is revoked with it; one token keeps \(TokenLifecycle.maxDevices) browsers signed in. Not "
          + "possible with a cookie or a client certificate.",
        query: [QueryParameters.dryRun],
        body: .init(mediaType: .json, schema: "NewSession", example: ["days": 7]),
        success: .init(
          status: 201, description: "The session of the browser.", schema: Schema.reference("Session"),
          headers: ["Set-Cookie"]),
        problems: [.tooManyTokens]),
      .write(SessionHandlers.create)),
    Route(
      .post, "/v1/session/rotate", .action(.rotateSession),
      Operation(
        id: "rotateSession", tag: .tokens, summary: "Replace your token",
        description: "Returns a new token with the same name, role, limits and end, and revokes the one that was "
          + "sent, with the browsers that it keeps signed in. Only this response contains the new token's text. The "
          + "token of the first start gets the default end.",
        query: [QueryParameters.dryRun],
        success: .init(
          status: 201, description: "The new token.", schema: Schema.reference("CreatedToken"), headers: ["Location"])),
      .write(SessionHandlers.rotate)),
    Route(
      .delete, "/v1/session", .action(.endSession), offers: [],
      Operation(
        id: "endSession", tag: .tokens, summary: "Revoke your token",
        description: "The token is rejected from the next request on. A cookie that was sent instead is deleted.",
        query: [QueryParameters.dryRun],
        success: .init(status: 204, description: "The token is revoked.", headers: ["Set-Cookie"])),
      .write(SessionHandlers.end)),
  ]
}
