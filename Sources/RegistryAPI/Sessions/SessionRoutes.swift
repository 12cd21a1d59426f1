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
      .post, "/v1/session/rotate", .action(.rotateSession),
      Operation(
        id: "rotateSession", tag: .tokens, summary: "Replace your token",
        description: "Returns a new token with the same name, role, limits and end, and revokes the one that was "
          + "sent. Only this response contains the new token's text. The token of the first start gets the default end.",
        query: [QueryParameters.dryRun],
        success: .init(
          status: 201, description: "The new token.", schema: Schema.reference("CreatedToken"), headers: ["Location"])),
      .write(SessionHandlers.rotate)),
    Route(
      .delete, "/v1/session", .action(.endSession), offers: [],
      Operation(
        id: "endSession", tag: .tokens, summary: "Revoke your token",
        description: "The token is rejected from the next request on.",
        query: [QueryParameters.dryRun],
        success: .init(status: 204, description: "The token is revoked.")),
      .write(SessionHandlers.end)),
  ]
}
