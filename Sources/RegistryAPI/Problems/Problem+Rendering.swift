import JSON
import Registry

extension Problem {
  /// The answer, its members in the documented order.
  func response(requestID: String) -> APIResponse {
    var writer = JSONWriter(capacity: 512)
    writer.beginObject()
    writer.member("type", "/problems/" + code.rawValue)
    writer.member("title", code.title)
    writer.member("status", code.status)
    writer.member("detail", detail)
    writer.member("code", code.rawValue)
    writer.member("requestId", requestID)
    if !errors.isEmpty { write(errors, into: &writer) }
    if !conflicts.isEmpty { write(conflicts, into: &writer) }
    writer.endObject()
    var response = APIResponse(code.status, .problemJSON, writer.bytes)
    response.headers = headers
    response.cause = cause
    return response
  }

  private func write(_ errors: [RequestError], into writer: inout JSONWriter) {
    writer.memberName("errors")
    writer.beginArray()
    for error in errors {
      writer.beginObject()
      switch error.place {
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
