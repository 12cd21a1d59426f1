import HTTPWire
import JSON
import Registry

/// The endpoints for tokens.
enum TokenRoutes {
  static let routes = [
    Route(
      .post, "/v1/tokens", .action(.createToken),
      Operation(
        id: "createToken", tag: .tokens, summary: "Create a token",
        description: "Only this response contains the token's text; a retry with the same Idempotency-Key returns null "
          + "instead. Owners, editors and viewers belong to one organisation; auditors and connectors can be limited to "
          + "some; administrators and monitors belong to none. The token has no permission, organisation or address that "
          + "the token that makes it does not have, and does not end later; limits that you leave out are inherited.",
        query: [QueryParameters.dryRun],
        body: .init(
          mediaType: .json, schema: "NewToken",
          example: ["name": "nightly job", "role": "viewer", "organisation": "default"]),
        takesIdempotencyKey: true,
        success: .init(
          status: 201, description: "The token.", schema: Schema.reference("CreatedToken"), headers: ["Location"],
          links: ["revokeToken"]),
        problems: [.organisationUnknown, .tooManyTokens]),
      .write(TokenHandlers.create)),
    Route(
      .get, "/v1/tokens", .action(.listTokens),
      Operation(
        id: "listTokens", tag: .tokens, summary: "List tokens",
        description: "Of the tokens' texts, only the last four characters are included. A token that is limited to "
          + "organisations sees those that belong to these and to no others.",
        query: QueryParameters.page(.tokens),
        success: .init(status: 200, description: "A page of tokens.", schema: Schema.reference("TokenPage"))),
      .list(TokenHandlers.list)),
    Route(
      .delete, "/v1/tokens/{id}", .action(.revokeToken), offers: [],
      Operation(
        id: "revokeToken", tag: .tokens, summary: "Revoke a token",
        description: "The token is rejected from the next request on. It stays in the list.",
        query: [
          Operation.QueryParameter(
            name: "cascade", schema: Schema.boolean,
            description: "Revoke also the tokens that it has made, and those that they have made."),
          QueryParameters.dryRun,
        ],
        success: .init(status: 204, description: "The token is revoked."),
        problems: [.tokenIsOwn]),
      .write(TokenHandlers.revoke)),
    Route(
      .delete, "/v1/tokens", .action(.revokeToken),
      Operation(
        id: "revokeTokens", tag: .tokens, summary: "Revoke all tokens of an organisation, or all made by a token",
        description:
          "At least one of organisation and createdBy is required; a token must match both if both are sent. "
          + "A token of several organisations matches each. Your own token is not revoked.",
        query: [
          Operation.QueryParameter(
            name: "organisation", schema: Schema.reference("OrganisationId"),
            description: "The organisation of the tokens."),
          Operation.QueryParameter(
            name: "createdBy", schema: Schema.string(),
            description: "The createdBy of the tokens, such as the ID of a token."),
          QueryParameters.dryRun,
        ],
        success: .init(
          status: 200, description: "The number of tokens that are newly revoked.",
          schema: Schema.reference("RevokedTokens"))),
      .write(TokenHandlers.revokeAll)),
  ]
}
