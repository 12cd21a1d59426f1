import HTTPWire
import JSON
import Registry

/// The endpoints for tokens.
enum TokenRoutes {
  static let routes = [
    Route(
      .post, "/v1/tokens", .action(.createToken),
      Operation(
        id: "createToken", tag: "Tokens", summary: "Create a token",
        description: "Only this response contains the token's text; a retry with the same Idempotency-Key returns null "
          + "instead. Editors and viewers belong to one organisation, administrators and connectors to none.",
        query: [QueryParameters.dryRun],
        body: .init(
          mediaType: .json, schema: "NewToken",
          example: ["name": "nightly job", "role": "viewer", "organisation": "default"]),
        takesIdempotencyKey: true,
        success: .init(
          status: 201, description: "The token.", schema: Schema.reference("CreatedToken"), headers: ["Location"],
          links: ["revokeToken"]),
        problems: [.organisationUnknown]),
      .write(TokenHandlers.create)),
    Route(
      .get, "/v1/tokens", .action(.listTokens),
      Operation(
        id: "listTokens", tag: "Tokens", summary: "List tokens",
        description: "The texts of the tokens are not included.",
        query: QueryParameters.page(.tokens),
        success: .init(status: 200, description: "A page of tokens.", schema: Schema.reference("TokenPage"))),
      .read(TokenHandlers.list)),
    Route(
      .delete, "/v1/tokens/{id}", .action(.revokeToken), offers: [],
      Operation(
        id: "revokeToken", tag: "Tokens", summary: "Revoke a token",
        description: "The token is rejected from the next request on. It stays in the list.",
        query: [QueryParameters.dryRun],
        success: .init(status: 204, description: "The token is revoked."),
        problems: [.tokenIsOwn]),
      .write(TokenHandlers.revoke)),
  ]
}
