import JSON
import Registry
import System

/// The caller's own token.
enum SessionHandlers {
  static func read(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> APIResponse {
    let granted = Action.allCases.filter { AccessTable.allows(token, $0) }
    let session = JSONValue.object([
      ("tokenId", .string(token.id.text)),
      ("role", .string(token.role.rawValue)),
      ("organisation", token.organisation.map { .string($0.text) } ?? .null),
      ("organisations", .array(token.organisations.map { .string($0.text) })),
      ("addressBlocks", .array(token.addressBlocks.map { .string($0.description) })),
      ("expiresAt", token.expiresAt.map { .string($0.description) } ?? .null),
      ("permissions", .array(granted.map { .string($0.rawValue) })),
      ("verificationConfigured", .bool(call.services.settings.verifier != nil)),
    ])
    return APIResponse(200, .json, session.bytes())
  }

  /// Replaces the token. Only this response contains the new one's text.
  static func rotate(_ call: Call, _ token: Token) async throws -> APIResponse {
    var input = try call.input()
    let isDryRun = input.flag("dryRun")
    try input.finish()
    let id = call.services.identifiers.next(TokenKind.self, at: call.now)
    let text = TokenText.random()
    let (context, lifetime) = (call.context(token), call.services.settings.tokenLifetime)
    let successor = try await call.write(token, dryRun: isDryRun) {
      try TokenLifecycle.rotate(token, id: id, mark: .init(of: text), lifetime, context, in: $0)
    }
    return TokenRepresentation.created(successor, text: isDryRun ? nil : text.text)
  }

  static func end(_ call: Call, _ token: Token) async throws -> APIResponse {
    var input = try call.input()
    let isDryRun = input.flag("dryRun")
    try input.finish()
    let context = call.context(token)
    try await call.write(token, dryRun: isDryRun) { try TokenLifecycle.end(token, context, in: $0) }
    return .noContent
  }
}
