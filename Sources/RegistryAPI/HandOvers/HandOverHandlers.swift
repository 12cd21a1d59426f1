import HTTPWire
import JSON
import Registry

/// Creates, lists and revokes the links to the set-up of an ICC.
enum HandOverHandlers {
  static func create(_ call: Call, _ token: Token) async throws -> APIResponse {
    let icc = try call.iccID()
    var input = try call.input()
    let new = try HandOverInput.new(&input, at: call.now)
    let id = call.services.identifiers.next(HandOverKind.self, at: call.now)
    let secret = TokenText.random(.link)
    let context = call.context(token)
    let handOver = try await call.write(token, dryRun: false) {
      try HandOverLifecycle.create(new, of: icc, id: id, hash: secret.hash, context, in: $0)
    }
    var writer = JSONWriter()
    writer.beginObject()
    HandOverRepresentation.write(handOver, at: call.now, into: &writer)
    writer.member("secret", secret.text)
    writer.member("link", call.services.settings.basePath.path("/console/link.html#" + secret.text))
    writer.endObject()
    var response = APIResponse(201, .json, writer.bytes)
    response.headers.append(HTTPHeaders.Field("Location", "/v1/iccs/\(icc.text)/hand-overs/\(id.text)"))
    return response
  }

  static func list(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> APIResponse {
    let id = try call.iccID()
    guard try reader.version(of: id, in: token.scope) != nil else { throw Problem(.notFound) }
    var writer = JSONWriter()
    writer.beginObject()
    writer.memberName("items")
    writer.beginArray()
    for handOver in try reader.handOvers(of: id, in: token.scope) {
      writer.beginObject()
      HandOverRepresentation.write(handOver, at: call.now, into: &writer)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    return APIResponse(200, .json, writer.bytes)
  }

  static func revoke(_ call: Call, _ token: Token) async throws -> APIResponse {
    let icc = try call.iccID()
    var input = try call.input()
    try input.finish()
    guard let id = HandOverID(call.parameters[1]) else { throw Problem(.notFound) }
    let context = call.context(token)
    try await call.write(token, dryRun: false) { try HandOverLifecycle.revoke(id, of: icc, context, in: $0) }
    return .noContent
  }
}
