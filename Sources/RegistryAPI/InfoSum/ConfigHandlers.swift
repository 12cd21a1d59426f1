import HTTPWire
import JSON
import Registry

/// InfoSum's API for ICCs: translations of the calls of `ICCHandlers` and `LifecycleHandlers`.
enum ConfigHandlers {
  static func create(_ call: Call, _ token: Token) async throws -> APIResponse {
    let new = try ConfigInput.new(call, by: token)
    let id = call.services.identifiers.next(ICCKind.self, at: call.now)
    let context = call.context(token)
    let quotas = call.services.settings.quotas
    return try await writing(call, token, root: "/config") { writer in
      let icc = try ICCLifecycle.create(new, id: id, externalID: .random(), within: quotas, context, in: writer)
      var response = APIResponse(200, .json, JSONValue.object([("config_id", .string(icc.id.text))]).bytes())
      if icc.sharedRole != nil { response.alarm = icc }
      return response
    }
  }

  static func read(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> APIResponse {
    representation(call).response(try ICCHandlers.live(call, token, reader))
  }

  static func list(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> APIResponse {
    let search = try ConfigSearch(call)
    return search.response(try reader.iccs(search.search, in: token.scope), representation(call))
  }

  static func patch(_ call: Call, _ token: Token) async throws -> APIResponse {
    let id = try call.iccID()
    let change = try ConfigInput.change(call)
    let context = call.context(token)
    let representation = representation(call)
    return try await writing(call, token, root: "") { writer in
      guard let before = try writer.icc(id, in: context.scope) else { throw LifecycleError.notFound }
      let icc = try ICCLifecycle.change(id, change, context, in: writer)
      try icc.checkPolicyLengths(representation.connector)
      var response = representation.response(icc)
      if icc.sharedRole != nil, icc.sharedRole != before.sharedRole { response.alarm = icc }
      return response
    }
  }

  static func delete(_ call: Call, _ token: Token) async throws -> APIResponse {
    let id = try call.iccID()
    var input = try call.input()
    try input.finish()
    let context = call.context(token)
    return try await writing(call, token, root: "") { writer in
      _ = try ICCLifecycle.delete(id, context, in: writer)
      return APIResponse(200, .json, JSONValue.object([]).bytes())
    }
  }

  /// Responds to a call about the GPG key of a config, which none has.
  static func refuse(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> APIResponse {
    if call.route.template.parameters == ["config_id"] { _ = try ICCHandlers.live(call, token, reader) }
    throw Problem(.connectorUnsupported)
  }

  private static func representation(_ call: Call) -> ConfigRepresentation {
    ConfigRepresentation(connector: call.services.settings.connector)
  }

  /// Runs a write; its errors get the names of InfoSum's fields.
  private static func writing(
    _ call: Call, _ token: Token, root: String,
    _ body: @escaping @Sendable (any RegistryWriter) throws -> APIResponse
  ) async throws -> APIResponse {
    do {
      return try await call.write(token, dryRun: false, body)
    } catch {
      throw ConfigFields.renamed(Problem(describing: error), root: root)
    }
  }
}
