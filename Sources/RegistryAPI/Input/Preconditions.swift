import HTTPWire
import Registry

/// The conditional headers of a request (RFC 9110 section 13).
enum Preconditions {
  /// Returns the version that a change requires: `If-Match` compares strongly, `If-None-Match`
  /// weakly.
  static func versionCondition(_ headers: HTTPHeaders) throws(Problem) -> VersionCondition {
    var condition = VersionCondition.any
    switch try list("If-Match", headers) {
    case .tags(let tags)?: condition = .among(tags.filter { !$0.isWeak }.compactMap(\.version))
    case .any?, nil: break
    }
    switch try list("If-None-Match", headers) {
    case .tags(let tags)?: condition = condition.and(.notAmong(tags.compactMap(\.version)))
    case .any?: condition = .never
    case nil: break
    }
    return condition
  }

  /// Returns the response to a read, or a `304` or `412` instead, in the order of RFC 9110 section
  /// 13.2.2. A malformed `If-None-Match` is ignored: the client gets the full response.
  static func applied(to response: APIResponse, _ headers: HTTPHeaders) throws(Problem) -> APIResponse {
    guard let tag = response.entityTag else { return response }
    if let match = try list("If-Match", headers), !match.containsStrongly(tag) {
      throw Problem(.preconditionFailed, headers: [HTTPHeaders.Field("ETag", tag)])
    }
    let values = try headers.list("If-None-Match")
    guard !values.isEmpty, let list = EntityTagList(values), list.containsWeakly(tag) else { return response }
    var notModified = APIResponse(304, entityTag: tag)
    notModified.headers = response.headers.filter { $0.name != "Content-Encoding" }
    notModified.cacheControl = response.cacheControl
    return notModified
  }

  private static func list(_ name: String, _ headers: HTTPHeaders) throws(Problem) -> EntityTagList? {
    let values = try headers.list(name)
    guard !values.isEmpty else { return nil }
    if let list = EntityTagList(values) { return list }
    throw Problem(
      .malformedRequest,
      errors: [
        RequestError(
          .header(name), "entity-tag.malformed", "The header must be * or a list of quoted entity tags.",
          hint: "Send the ETag of the response that you read, including its quotes.")
      ])
  }
}
