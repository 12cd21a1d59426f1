import HTTPWire
import JSON
import Registry

/// Creates, reads, renames and deletes organisations.
enum OrganisationHandlers {
  static func create(_ call: Call, _ token: Token) async throws -> APIResponse {
    var input = try call.input()
    let isDryRun = input.flag("dryRun")
    let fresh = String(call.services.identifiers.next(ICCKind.self, at: call.now).text.dropFirst(4))
    let new = try OrganisationInput.new(&input, fallback: "org-" + fresh)
    let context = call.context(token)
    return try await IdempotentCreate(call: call, token: token, isDryRun: isDryRun).run { writer in
      let organisation = try OrganisationLifecycle.create(new.id, name: new.name, context, in: writer)
      var response = response(201, organisation)
      response.headers.append(HTTPHeaders.Field("Location", "/v1/organisations/" + organisation.id.text))
      return response
    }
  }

  static func list(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> APIResponse {
    var input = try call.input()
    let seal = call.cursorSeal(token)
    let page = input.page(of: .organisations, seal)
    try input.finish()
    return PageResponse.make(try reader.organisations(page, in: token.scope), .organisations, seal) {
      write($0, into: &$1)
    }
  }

  static func read(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> APIResponse {
    let id = try identifier(call)
    guard token.scope.contains(id), let organisation = try reader.organisation(id) else { throw Problem(.notFound) }
    return response(200, organisation)
  }

  static func delete(_ call: Call, _ token: Token) async throws -> APIResponse {
    let id = try identifier(call)
    var input = try call.input()
    let isDryRun = input.flag("dryRun")
    try input.finish()
    let condition = try Preconditions.versionCondition(call.request.headers)
    let context = call.context(token)
    try await call.write(token, dryRun: isDryRun) {
      try OrganisationLifecycle.delete(id, if: condition, context, in: $0)
    }
    return .noContent
  }

  static func patch(_ call: Call, _ token: Token) async throws -> APIResponse {
    let id = try identifier(call)
    var input = try call.input()
    let isDryRun = input.flag("dryRun")
    let name = try OrganisationInput.patch(&input)
    let condition = try Preconditions.versionCondition(call.request.headers)
    let context = call.context(token)
    return try await call.write(token, dryRun: isDryRun) { writer in
      response(200, try OrganisationLifecycle.rename(id, to: name, if: condition, context, in: writer))
    }
  }

  private static func response(_ status: Int, _ organisation: Organisation) -> APIResponse {
    APIResponse(status, .json, bytes(of: organisation), entityTag: EntityTag.text(of: organisation.version))
  }

  private static func identifier(_ call: Call) throws(Problem) -> OrganisationID {
    guard let text = call.parameters.first, let id = OrganisationID(text) else { throw Problem(.notFound) }
    return id
  }

  private static func bytes(of organisation: Organisation) -> [UInt8] {
    var writer = JSONWriter()
    write(organisation, into: &writer)
    return writer.bytes
  }

  private static func write(_ organisation: Organisation, into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("id", organisation.id.text)
    writer.member("name", organisation.name)
    writer.member("version", Int(organisation.version))
    writer.member("createdAt", organisation.createdAt.description)
    writer.member("createdBy", organisation.createdBy.text)
    writer.endObject()
  }
}
