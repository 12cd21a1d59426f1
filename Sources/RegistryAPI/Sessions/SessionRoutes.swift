import HTTPWire
import JSON
import Registry

/// The caller's own token: its role, organisation, expiry and permissions.
enum SessionRoutes {
  static let routes = [
    Route(
      .get, "/v1/session", .action(.readSession),
      Operation(
        id: "readSession", tag: "Tokens", summary: "Read your token's role and permissions",
        description: "A client can use it to offer only the allowed actions.",
        success: .init(status: 200, description: "The token that was sent.", schema: Schema.reference("Session"))),
      .read(read))
  ]

  private static func read(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> APIResponse {
    let granted = Action.allCases.filter { AccessTable.allows(token.role, $0) }
    let session = JSONValue.object([
      ("tokenId", .string(token.id.text)),
      ("role", .string(token.role.rawValue)),
      ("organisation", token.organisation.map { .string($0.text) } ?? .null),
      ("expiresAt", token.expiresAt.map { .string($0.description) } ?? .null),
      ("permissions", .array(granted.map { .string($0.rawValue) })),
    ])
    return APIResponse(200, .json, session.bytes())
  }
}
