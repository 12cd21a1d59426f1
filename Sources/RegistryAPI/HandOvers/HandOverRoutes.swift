import HTTPWire
import JSON
import Registry

/// The endpoints by which a token makes and revokes links to the set-up of an ICC.
enum HandOverRoutes {
  static let routes = [
    Route(
      .post, "/v1/iccs/{id}/hand-over", .action(.createHandOver),
      Operation(
        id: "createHandOver", tag: .handOvers, summary: "Create a link to the set-up of an ICC",
        description: "For the customer's AWS administrator, who needs no token. Only this response contains the "
          + "secret; a person who has the link can use it until it expires.",
        body: .init(
          mediaType: .json, schema: "NewHandOver", example: ["expiresInDays": 7, "allow": ["check", "verify"]]),
        success: .init(
          status: 201, description: "The link.", schema: Schema.reference("CreatedHandOver"), headers: ["Location"]),
        problems: [.handOverTooMany]),
      .write(HandOverHandlers.create)),
    Route(
      .get, "/v1/iccs/{id}/hand-overs", .action(.listHandOvers),
      Operation(
        id: "listHandOvers", tag: .handOvers, summary: "List the links to the set-up of an ICC",
        description: "At most \(HandOverLifecycle.listed), those that can be used first, without their secrets.",
        success: .init(status: 200, description: "The links.", schema: Schema.reference("HandOverList"))),
      .list(HandOverHandlers.list)),
    Route(
      .delete, "/v1/iccs/{id}/hand-overs/{handOver}", .action(.revokeHandOver), offers: [],
      Operation(
        id: "revokeHandOver", tag: .handOvers, summary: "Revoke a link to the set-up of an ICC",
        description: "The link is rejected from the next request on.",
        success: .init(status: 204, description: "The link is revoked.")),
      .write(HandOverHandlers.revoke)),
  ]
}
