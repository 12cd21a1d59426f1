import HTTPWire
import JSON

/// Decodes a request body to a JSON object.
enum BodyReading {
  static let maximumDepth = 32

  /// Returns the object; an empty one if the route takes no body and none was sent.
  static func object(of request: HTTPRequest, for mediaType: MediaType?) throws(Problem) -> JSONObject {
    if mediaType == nil, request.body.isEmpty || request.method == .get || request.method == .head {
      return JSONObject()
    }
    let wanted = mediaType ?? .json
    guard ContentType.isAcceptable(wanted, request.headers) else { throw unsupported(wanted, request.method) }
    let value = try json(request.body)
    if let object = value.objectValue { return object }
    throw Problem(
      .validationFailed,
      errors: [RequestError(.pointer(""), "body.wrong-type", "The body is \(value.kind); it must be an object.")])
  }

  private static func json(_ body: [UInt8]) throws(Problem) -> JSONValue {
    do {
      return try JSONValue(parsing: body, maximumDepth: maximumDepth)
    } catch {
      throw Problem(
        .malformedJSON,
        errors: [RequestError(.pointer(error.pointer.description), "json.\(error.code.rawValue)", error.description)])
    }
  }

  /// A `415` must name the supported media type (RFC 5789 section 2.2, RFC 9110 section 15.5.16).
  private static func unsupported(_ wanted: MediaType, _ method: HTTPMethod) -> Problem {
    Problem(
      .unsupportedMediaType, "This endpoint requires Content-Type: \(wanted.rawValue).",
      headers: [HTTPHeaders.Field(method == .patch ? "Accept-Patch" : "Accept", wanted.rawValue)])
  }
}
