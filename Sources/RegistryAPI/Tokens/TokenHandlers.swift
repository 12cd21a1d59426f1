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
    let (lifetime, quotas) = (call.services.settings.tokenLifetime, call.services.settings.quotas)
    let new = try TokenInput(lifetime: lifetime, maker: token, now: call.now).new(&input)
    let id = call.services.identifiers.next(TokenKind.self, at: call.now)
    let text = TokenText.random()
    let context = call.context(token)
    let withoutText = TokenRepresentation.created(new.token(id, .init(of: text), context), text: nil)
    return try await IdempotentCreate(call: call, token: token, isDryRun: isDryRun).run(storing: { _ in withoutText }) {
      let made = try TokenLifecycle.create(
        new, id: id, mark: .init(of: text), maker: token, lifetime, within: quotas, context, in: $0)
      return TokenRepresentation.created(made, text: isDryRun ? nil : text.text)
    }
  }

  static func list(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> APIResponse {
    var input = try call.input()
    let seal = call.cursorSeal(token)
    let page = input.page(of: .tokens, seal)
    try input.finish()
    return PageResponse.make(try reader.tokens(page, in: token.scope), .tokens, seal) { item, writer in
      writer.beginObject()
      TokenRepresentation.write(item, lastUsedAt: call.services.uses.lastUse(of: item), into: &writer)
      writer.endObject()
    }
  }

  static func revoke(_ call: Call, _ token: Token) async throws -> APIResponse {
    guard let text = call.parameters.first, let id = TokenID(text) else { throw Problem(.notFound) }
    var input = try call.input()
    let (isDryRun, cascades) = (input.flag("dryRun"), input.flag("cascade"))
    try input.finish()
    guard id != token.id else { throw Problem(.tokenIsOwn) }
    let context = call.context(token)
    try await call.write(token, dryRun: isDryRun) { writer in
      if cascades {
        try TokenLifecycle.revokeCascade(id, sparing: token, context, in: writer)
      } else {
        try TokenLifecycle.revoke(id, context, in: writer)
      }
    }
    return .noContent
  }

  /// Revokes the tokens of an organisation, those that a token has made, or those of both, as far
  /// as the caller has access to them; never the caller's own.
  static func revokeAll(_ call: Call, _ token: Token) async throws -> APIResponse {
    var input = try call.input()
    let isDryRun = input.flag("dryRun")
    let organisation = input.parameter("organisation").flatMap {
      OrganisationInput.identifier($0, at: .parameter("organisation"), &input)
    }
    let maker = input.parameter("createdBy").map(Actor.init(stored:))
    if input.parameter("organisation") == nil, maker == nil {
      input.report(
        RequestError(
          .parameter("organisation"), "query.missing", "The parameter organisation or createdBy is required.",
          hint: "Name an organisation, or the ID of the token that has made the others."))
    }
    try input.finish()
    let context = call.context(token)
    let selection = TokenLifecycle.Selection(organisation: organisation, maker: maker, sparing: token)
    let count = try await call.write(token, dryRun: isDryRun) {
      try TokenLifecycle.revokeAll(selection, context, in: $0)
    }
    return APIResponse(200, .json, JSONValue.object([("revoked", .number(count))]).bytes())
  }
}
