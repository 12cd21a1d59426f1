import HTTPWire
import JSON
import Registry
import System

/// The caller's own token.
enum SessionHandlers {
  static func read(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> APIResponse {
    APIResponse(200, .json, representation(of: token, call, where: call.credentialAllows))
  }

  private static func representation(of token: Token, _ call: Call, where isAllowed: (Action) -> Bool) -> [UInt8] {
    let granted = Action.allCases.filter { AccessTable.allows(token, $0) && isAllowed($0) }
    let session = JSONValue.object([
      ("tokenId", .string(token.id.text)),
      ("role", .string(token.role.rawValue)),
      ("organisation", token.organisation.map { .string($0.text) } ?? .null),
      ("organisations", .array(token.organisations.map { .string($0.text) })),
      ("addressBlocks", .array(token.addressBlocks.map { .string($0.description) })),
      ("expiresAt", token.expiresAt.map { .string($0.description) } ?? .null),
      ("permissions", .array(granted.map { .string($0.rawValue) })),
      ("verificationConfigured", .bool(call.services.settings.verifier != nil)),
      ("maxSignInDays", .number(call.services.settings.maxSignInDays)),
    ])
    return session.bytes()
  }

  /// Keeps the caller's browser signed in: makes a token for it, whose text is only in the cookie.
  static func create(_ call: Call, _ token: Token) async throws -> APIResponse {
    let settings = call.services.settings
    var input = try call.input()
    let isDryRun = input.flag("dryRun")
    let days = days(upTo: settings.maxSignInDays, &input)
    try input.finish()
    let id = call.services.identifiers.next(TokenKind.self, at: call.now)
    let (text, end) = (TokenText.random(.cookie), TokenLifetime.end(afterDays: days, from: call.now))
    let context = call.context(token)
    let device = try await call.write(token, dryRun: isDryRun) {
      try TokenLifecycle.keepSignedIn(
        with: token, until: end, id: id, mark: .init(of: text), settings.tokenLifetime, within: settings.quotas,
        context, in: $0)
    }
    var response = APIResponse(201, .json, representation(of: device, call) { !Call.makesToken($0) })
    if !isDryRun {
      response.headers = [
        SessionCookie.field(
          text, until: device.expiresAt ?? end, at: call.now, for: call.request.headers, under: settings.basePath)
      ]
    }
    return response
  }

  private static func days(upTo maximum: Int64, _ input: inout InputReader) -> Int64 {
    guard maximum == 0 else { return input.integerField("days", in: 1...maximum) ?? min(7, maximum) }
    _ = input.field("days")
    input.report(
      RequestError(
        .pointer("/days"), "days.not-offered", "This registry does not keep browsers signed in.",
        hint: "Send the token with each request, or change the setting maxSignInDays."))
    return 1
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
    var response = APIResponse.noContent
    if let cookie = call.cookie, !isDryRun { response.headers = [cookie.deletion] }
    return response
  }
}
