import JSON
import Registry

extension Problem {
  /// Returns the response, with its fields in the documented order.
  func response(requestID: String, under base: BasePath) -> APIResponse {
    var writer = JSONWriter(capacity: 512)
    writer.beginObject()
    writer.member("type", base.path("/problems/" + code.rawValue))
    writer.member("title", code.title)
    writer.member("status", code.status)
    writer.member("detail", errors.omitted == 0 ? detail : detail + " \(errors.omitted) more are not listed.")
    writer.member("code", code.rawValue)
    writer.member("requestId", requestID)
    if let reason { writer.member("reason", reason) }
    if !errors.isEmpty { write(errors, into: &writer) }
    if !conflicts.isEmpty { write(conflicts, into: &writer) }
    if !usages.isEmpty { writer.member("usages", usages) }
    writer.endObject()
    var response = APIResponse(code.status, .problemJSON, writer.bytes)
    response.headers = headers
    response.cause = cause
    response.rejection = rejection
    return response
  }

  func write(_ errors: RequestErrors, into writer: inout JSONWriter) {
    writer.memberName("errors")
    writer.beginArray()
    for error in errors.listed {
      writer.beginObject()
      switch error.position {
      case .pointer(let pointer): writer.member("pointer", pointer)
      case .parameter(let name): writer.member("parameter", name)
      case .header(let name): writer.member("header", name)
      }
      writer.member("code", error.code)
      writer.member("detail", error.detail)
      writer.member("hint", error.hint)
      writer.endObject()
    }
    writer.endArray()
  }

  private func write(_ conflicts: [ICC], into writer: inout JSONWriter) {
    writer.memberName("conflicts")
    writer.beginArray()
    for icc in conflicts {
      writer.beginObject()
      writer.member("id", icc.id.text)
      writer.member("organisation", icc.organisation.text)
      writer.member("name", icc.name.text)
      writer.endObject()
    }
    writer.endArray()
  }
}
