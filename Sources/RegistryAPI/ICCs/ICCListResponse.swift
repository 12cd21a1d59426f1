import HTTPWire
import JSON
import Registry
import Text

/// The list of ICCs, or a page of it, in the form that the client accepts.
///
/// CSV and NDJSON have no place for a cursor: their next page is in a `Link` header (RFC 8288).
struct ICCListResponse: Sendable {
  let call: Call
  let representation: ICCRepresentation
  let order: Cursor
  let seal: CursorSeal

  /// The forms of the list, the default first.
  static let offers: [MediaType] = [.json, .csv, .ndjson]

  /// Returns the response with this page. In JSON, `counts` adds the field of this name.
  func page(_ page: Page<ICC>, _ counts: JSONValue?) -> APIResponse {
    guard call.mediaType == .json else { return linked(page) }
    let more = { (writer: inout JSONWriter) in
      if let counts { writer.member("counts", counts) }
    }
    var response = PageResponse.make(page, order, seal, more: more) { representation.writeItem($0, into: &$1) }
    response.headers.append(Self.vary)
    return response
  }

  /// Returns the response with these ICCs in CSV or NDJSON.
  func table(_ page: Page<ICC>) -> APIResponse {
    var response = APIResponse(200, call.mediaType, bytes(of: page.items, isFirst: true))
    response.headers += [Self.vary, HTTPHeaders.Field("Content-Disposition", "attachment")]
    return response
  }

  /// Returns ICCs in CSV or NDJSON; `isFirst` if they are the first ones of the content.
  func bytes(of iccs: [ICC], isFirst: Bool) -> [UInt8] {
    call.mediaType == .csv ? records(iccs, withHeader: isFirst) : lines(iccs)
  }

  private static let vary = HTTPHeaders.Field("Vary", "Accept")

  private func linked(_ page: Page<ICC>) -> APIResponse {
    var response = table(page)
    guard let next = seal.text(order, after: page) else { return response }
    response.headers.append(HTTPHeaders.Field("Link", link(to: next)))
    return response
  }

  private func records(_ iccs: [ICC], withHeader: Bool) -> [UInt8] {
    var table = ICCTable(withHeader: withHeader)
    for icc in iccs {
      var writer = JSONWriter(capacity: 2048)
      representation.writeItem(icc, into: &writer)
      if let item = (try? JSONValue(parsing: writer.bytes))?.objectValue { table.append(item) }
    }
    return table.bytes
  }

  private func lines(_ iccs: [ICC]) -> [UInt8] {
    var bytes: [UInt8] = []
    for icc in iccs {
      var writer = JSONWriter(capacity: 2048)
      representation.writeItem(icc, into: &writer)
      writer.endLine()
      bytes += writer.bytes
    }
    return bytes
  }

  /// Returns the same request with another cursor. Each value is encoded again, so that the field
  /// contains no character of the request that has a meaning in it.
  private func link(to cursor: String) -> String {
    let filters = call.query.parameters.filter { $0.name != "cursor" }.map {
      "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))&"
    }
    return "</v1/iccs?\(filters.joined())cursor=\(cursor)>; rel=\"next\""
  }
}
