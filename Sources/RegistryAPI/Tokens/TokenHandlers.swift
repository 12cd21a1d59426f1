import HTTPWire
import JSON
import Registry

/// Creates, lists and revokes tokens.
enum TokenHandlers {
  /// Creates a token. Only this response contains its text: the response stored for an idempotency
  /// key has `null` instead, so that the text is stored nowhere. A dry run returns no text either.
  static func create(_ call: Call, _ token: Token) async throws -> APIResponse {
    var input = try call.input()
    let isDryRun = input.flag("dryRun")
    let new = try TokenInput.new(&input, now: call.now)
    let id = call.services.identifiers.next(TokenKind.self, at: call.now)
    let text = TokenText.random()
    let context = call.context(token)
    let created = Token(
      id: id, name: new.name, role: new.role, organisation: new.organisation, createdAt: context.now,
      createdBy: context.actor, expiresAt: new.expiresAt)
    let withoutText = response(created, text: nil)
    return try await IdempotentCreate(call: call, token: token, isDryRun: isDryRun).run(storing: { _ in withoutText }) {
      let made = try TokenLifecycle.create(new, id: id, hash: text.hash, context, in: $0)
      return response(made, text: isDryRun ? nil : text.text)
    }
  }

  static func list(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> APIResponse {
    var input = try call.input()
    let page = input.page(of: .tokens)
    try input.finish()
    return PageResponse.make(try reader.tokens(page), .tokens) { item, writer in
      writer.beginObject()
      write(item, lastUsedAt: call.services.uses.lastUse(of: item), into: &writer)
      writer.endObject()
    }
  }

  static func revoke(_ call: Call, _ token: Token) async throws -> APIResponse {
    guard let text = call.parameters.first, let id = TokenID(text) else { throw Problem(.notFound) }
    var input = try call.input()
    let isDryRun = input.flag("dryRun")
    try input.finish()
    guard id != token.id else { throw Problem(.tokenIsOwn) }
    let context = call.context(token)
    try await call.write(token, dryRun: isDryRun) { try TokenLifecycle.revoke(id, context, in: $0) }
    return .noContent
  }

  private static func response(_ token: Token, text: String?) -> APIResponse {
    var writer = JSONWriter()
    writer.beginObject()
    write(token, lastUsedAt: nil, into: &writer)
    writer.member("token", text)
    writer.endObject()
    var response = APIResponse(201, .json, writer.bytes)
    response.headers.append(HTTPHeaders.Field("Location", "/v1/tokens/" + token.id.text))
    return response
  }

  private static func write(_ token: Token, lastUsedAt: Timestamp?, into writer: inout JSONWriter) {
    writer.member("id", token.id.text)
    writer.member("name", token.name)
    writer.member("role", token.role.rawValue)
    writer.member("organisation", token.organisation?.text)
    writer.member("createdAt", token.createdAt.description)
    writer.member("createdBy", token.createdBy.text)
    writer.member("expiresAt", token.expiresAt?.description)
    writer.member("revokedAt", token.revokedAt?.description)
    writer.member("lastUsedAt", lastUsedAt?.description)
  }
}
