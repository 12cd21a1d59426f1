import HTTPWire
import Registry

/// The result of a handler, without the header fields that every response has.
struct APIResponse: Sendable {
  var status: Int
  var mediaType: MediaType?
  var body: [UInt8]
  /// Makes the content after `body`; nil if `body` is all of it.
  var next: HTTPContentPart.Maker?
  var entityTag: String?
  var headers: [HTTPHeaders.Field] = []
  /// The `Cache-Control` header. By default nothing stores the response, since it is for its caller
  /// only.
  var cacheControl = noStore
  /// The cause of an internal failure, for the log only.
  var cause: String?
  /// The reason of a `401`, for the log only.
  var rejection: TokenRejection?
  /// The ICC whose role has raised an alarm, for the log only.
  var alarm: ICC?

  private static let noStore = "no-store"

  init(_ status: Int, _ mediaType: MediaType? = nil, _ body: [UInt8] = [], entityTag: String? = nil) {
    self.status = status
    self.mediaType = mediaType
    self.body = body
    self.entityTag = entityTag
  }

  /// A `204`.
  static let noContent = APIResponse(204)

  /// The fields of nearly every response, built once.
  private static let uncached = HTTPHeaders([
    HTTPHeaders.Field("Cache-Control", noStore), HTTPHeaders.Field("X-Content-Type-Options", "nosniff"),
  ])

  /// Returns the HTTP message.
  func message(requestID: String, under base: BasePath) -> HTTPResponse {
    var fields = HTTPHeaders()
    fields.reserve(fields: 5 + headers.count, bytes: 192)
    if let mediaType { fields.append("Content-Type", mediaType.rawValue) }
    if let entityTag { fields.append("ETag", entityTag) }
    for field in headers {
      let field = base.completed(field)
      fields.append(field.name, field.value)
    }
    if cacheControl == Self.noStore {
      fields.append(Self.uncached)
    } else {
      fields.append("Cache-Control", cacheControl)
      fields.append("X-Content-Type-Options", "nosniff")
    }
    fields.append("X-Request-Id", requestID)
    return HTTPResponse(status: HTTPStatus(status), headers: fields, body: body, next: next)
  }
}
