import JSON
import Registry

extension Problem {
  /// Returns the response in the form of the API that the request belongs to.
  func response(
    in dialect: Dialect, requestID: String, at time: Timestamp, under base: BasePath
  ) -> APIResponse {
    switch dialect {
    case .registry: response(requestID: requestID, under: base)
    case .infoSum: infoSumResponse(requestID: requestID, at: time, under: base)
    }
  }

  /// InfoSum's error body. `details` is the first error of the request; `errors`, which InfoSum's
  /// API does not have, lists all.
  private func infoSumResponse(requestID: String, at time: Timestamp, under base: BasePath) -> APIResponse {
    var writer = JSONWriter(capacity: 512)
    writer.beginObject()
    writer.memberName("error")
    Self.write(code.rawValue, code.title, into: &writer)
    writer.memberName("details")
    let first = errors.listed.first
    Self.write(first?.code ?? code.rawValue, first.map(Self.message) ?? detail, into: &writer)
    writer.member("help_url", base.path("/problems/" + code.rawValue))
    writer.member("request_id", requestID)
    writer.member("time", time.description)
    if !errors.isEmpty { write(errors, into: &writer) }
    if !usages.isEmpty { writer.member("usages", usages) }
    writer.endObject()
    var response = APIResponse(Dialect.infoSum.status(of: code), .json, writer.bytes)
    response.headers = headers
    response.cause = cause
    response.rejection = rejection
    return response
  }

  private static func write(_ code: String, _ message: String, into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("code", code)
    writer.member("message", message)
    writer.endObject()
  }

  private static func message(_ error: RequestError) -> String {
    error.hint.map { error.detail + " " + $0 } ?? error.detail
  }
}
