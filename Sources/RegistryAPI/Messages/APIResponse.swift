import HTTPWire

/// What a handler answers, before the header fields that every answer carries are put to it.
struct APIResponse: Sendable {
  var status: Int
  var mediaType: MediaType?
  var body: [UInt8]
  var entityTag: String?
  var headers: [HTTPHeaders.Field] = []
  /// An answer is for its caller alone and kept nowhere, unless it says otherwise.
  var cacheControl = noStore
  /// What the log may know of a failure, and the client may not.
  var cause: String?

  private static let noStore = "no-store"

  init(_ status: Int, _ mediaType: MediaType? = nil, _ body: [UInt8] = [], entityTag: String? = nil) {
    self.status = status
    self.mediaType = mediaType
    self.body = body
    self.entityTag = entityTag
  }

  /// `204`.
  static let noContent = APIResponse(204)

  /// What nearly every answer has, looked at once.
  private static let uncached = HTTPHeaders([
    HTTPHeaders.Field("Cache-Control", noStore), HTTPHeaders.Field("X-Content-Type-Options", "nosniff"),
  ])

  /// The HTTP message.
  func message(requestID: String) -> HTTPResponse {
    var fields = HTTPHeaders()
    fields.reserve(fields: 5 + headers.count, bytes: 192)
    if let mediaType { fields.append("Content-Type", mediaType.rawValue) }
    if let entityTag { fields.append("ETag", entityTag) }
    for field in headers { fields.append(field.name, field.value) }
    if cacheControl == Self.noStore {
      fields.append(Self.uncached)
    } else {
      fields.append("Cache-Control", cacheControl)
      fields.append("X-Content-Type-Options", "nosniff")
    }
    fields.append("X-Request-Id", requestID)
    return HTTPResponse(status: HTTPStatus(status), headers: fields, body: body)
  }
}
