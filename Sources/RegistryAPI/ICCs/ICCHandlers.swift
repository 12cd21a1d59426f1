import HTTPWire
import JSON
import Registry

/// Creates, reads and lists ICCs.
enum ICCHandlers {
  static func create(_ call: Call, _ token: Token) async throws -> APIResponse {
    var input = try call.input()
    let isDryRun = input.flag("dryRun")
    let connector = call.services.settings.connector
    let new = try ICCInput.new(&input, by: token, connector)
    let id = call.services.identifiers.next(ICCKind.self, at: call.now)
    let context = call.context(token, isDryRun: isDryRun)
    let quotas = call.services.settings.quotas
    return try await IdempotentCreate(call: call, token: token, isDryRun: isDryRun).run { writer in
      let icc = try ICCLifecycle.create(new, id: id, externalID: .random(), within: quotas, context, in: writer)
      var response = APIResponse(
        201, .json,
        ICCRepresentation(call.services.settings, for: token.scope).bytes(
          of: icc, sharingRoleWith: try RoleICCs.first(besides: icc, writer)),
        entityTag: EntityTag.text(of: icc.version))
      response.headers.append(HTTPHeaders.Field("Location", "/v1/iccs/" + icc.id.text))
      if icc.sharedRole != nil { response.alarm = icc }
      return response
    }
  }

  static func read(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> APIResponse {
    let representation = ICCRepresentation(call.services.settings, for: token.scope)
    guard let icc = try reader.renderedICC(try call.iccID(), in: token.scope, { representation.bytes(of: $0) }),
      !icc.isDeleted
    else { throw Problem(.notFound) }
    return APIResponse(200, .json, icc.bytes, entityTag: EntityTag.text(of: icc.version))
  }

  static func list(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> APIResponse {
    var input = try call.input()
    let seal = call.cursorSeal(token)
    let order = ICCListFilter.order(&input, seal)
    let isWhole = call.mediaType != .json && call.query.values("limit").isEmpty
    let page = input.page(of: order, seal, defaultLimit: isWhole ? ICCListParts.limit : 50)
    let filter = ICCListFilter.read(&input, call.services.settings, token.scope)
    let isCounted = input.flag("counts")
    try input.finish()
    let found = try reader.iccs(filter, page, in: token.scope)
    let list = ICCListResponse(
      call: call, representation: ICCRepresentation(call.services.settings, for: token.scope), order: order, seal: seal)
    guard isWhole else {
      return try list.page(
        found, isCounted ? .some(StatusCounts.of(filter.organisation, in: token.scope, reader)) : nil)
    }
    var response = list.table(found)
    response.next = ICCListParts(list: list, token: token, filter: filter).maker(after: found)
    return response
  }

  /// Returns the ICC in the path. Throws `404` if it is deleted or the caller has no access to it.
  static func live(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> ICC {
    guard let icc = try reader.icc(try call.iccID(), in: token.scope), icc.deletedAt == nil else {
      throw Problem(.notFound)
    }
    return icc
  }
}
