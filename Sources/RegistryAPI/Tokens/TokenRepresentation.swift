import HTTPWire
import JSON
import Registry
import System

/// Tokens as responses show them.
enum TokenRepresentation {
  /// Returns the response that a new token has; `text` is in no other one.
  static func created(_ token: Token, text: String?) -> APIResponse {
    var writer = JSONWriter()
    writer.beginObject()
    write(token, lastUsedAt: nil, into: &writer)
    writer.member("token", text)
    writer.endObject()
    var response = APIResponse(201, .json, writer.bytes)
    response.headers.append(HTTPHeaders.Field("Location", "/v1/tokens/" + token.id.text))
    return response
  }

  /// Writes the fields of a token, without its text.
  static func write(_ token: Token, lastUsedAt: Timestamp?, into writer: inout JSONWriter) {
    writer.member("id", token.id.text)
    writer.member("name", token.name)
    writer.member("role", token.role.rawValue)
    writer.member("organisation", token.organisation?.text)
    writer.member("organisations", .array(token.organisations.map { .string($0.text) }))
    writer.member("addressBlocks", .array(token.addressBlocks.map { .string($0.description) }))
    writer.member("lastFour", token.lastFour)
    writer.member("createdAt", token.createdAt.description)
    writer.member("createdBy", token.createdBy.text)
    writer.member("expiresAt", token.expiresAt?.description)
    writer.member("revokedAt", token.revokedAt?.description)
    writer.member("lastUsedAt", lastUsedAt?.description)
  }
}
