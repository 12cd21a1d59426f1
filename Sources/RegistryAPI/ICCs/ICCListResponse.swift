import HTTPWire
import JSON
import Registry
import Text

/// A page of the list of ICCs in the form that the client accepts.
///
/// CSV and NDJSON have no place for a cursor: their next page is in a `Link` header (RFC 8288).
/// They have larger pages, because they are saved as a file and not shown.
struct ICCListResponse {
  /// The number of ICCs on a page of CSV or NDJSON without `limit`: 16 MB of the largest ones.
  static let tableLimit = 1_000

  let call: Call
  let representation: ICCRepresentation
  let order: Cursor
  let seal: CursorSeal

  /// The forms of the list, the default first.
  static let offers: [MediaType] = [.json, .csv, .ndjson]

  /// Returns the response with these ICCs.
  func response(_ page: Page<ICC>) -> APIResponse {
    var response =
      switch call.mediaType {
      case .csv?: APIResponse(200, .csv, table(page.items))
      case .ndjson?: APIResponse(200, .ndjson, lines(page.items))
      default: PageResponse.make(page, order, seal) { representation.writeItem($0, into: &$1) }
      }
    response.headers.append(HTTPHeaders.Field("Vary", "Accept"))
    guard response.mediaType != .json else { return response }
    response.headers.append(HTTPHeaders.Field("Content-Disposition", "attachment"))
    guard let next = seal.text(order, after: page) else { return response }
    response.headers.append(HTTPHeaders.Field("Link", link(to: next)))
    return response
  }

  private func table(_ iccs: [ICC]) -> [UInt8] {
    var table = ICCTable()
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
