import JSON
import Registry

extension Problem {
  /// The answer, its members in the documented order.
  func reply(requestID: String) -> Reply {
    var writer = JSONWriter(capacity: 512)
    writer.beginObject()
    writer.member("type", "/problems/" + code.rawValue)
    writer.member("title", code.title)
    writer.member("status", code.status)
    writer.member("detail", detail)
    writer.member("code", code.rawValue)
    writer.member("requestId", requestID)
    if !findings.isEmpty { write(findings, into: &writer) }
    if !conflicts.isEmpty { write(conflicts, into: &writer) }
    writer.endObject()
    var reply = Reply(code.status, .problemJSON, writer.bytes)
    reply.headers = headers
    reply.cause = cause
    return reply
  }

  private func write(_ findings: [Finding], into writer: inout JSONWriter) {
    writer.memberName("errors")
    writer.beginArray()
    for finding in findings {
      writer.beginObject()
      switch finding.place {
      case .pointer(let pointer): writer.member("pointer", pointer)
      case .parameter(let name): writer.member("parameter", name)
      case .header(let name): writer.member("header", name)
      }
      writer.member("code", finding.code)
      writer.member("detail", finding.detail)
      writer.member("hint", finding.hint)
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
