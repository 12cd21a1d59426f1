import FilterLanguage
import JSON
import Registry

/// The list of configs by page number.
struct ConfigSearch {
  /// The numbers that a page can have. A filter by time continues beyond the last one.
  static let pages: ClosedRange<Int64> = 1...1000
  /// The numbers of configs that a page can have.
  static let sizes: ClosedRange<Int64> = 1...500
  /// The columns that a list can be sorted by.
  static let columns: [(name: String, key: ICCSearch.Key)] = [
    ("name", .name), ("connector_type", .connectorType), ("created_date_time", .createdAt),
    ("updated_date_time", .updatedAt),
  ]

  private let page: Int
  let search: ICCSearch

  /// Reads the query.
  init(_ call: Call) throws(Problem) {
    var input = InputReader(query: call.query, body: JSONObject(), errors: call.queryErrors)
    page = Int(input.integer("pagination.page", in: Self.pages) ?? 1)
    var search = ICCSearch()
    search.limit = Int(input.integer("pagination.per_page", in: Self.sizes) ?? 100)
    search.offset = (page - 1) * search.limit
    if let text = input.parameter("order_by") { search.order = Self.order(text, &input) }
    if let text = input.parameter("filter") { search.condition = Self.condition(text, &input) }
    self.search = search
    try input.finish()
  }

  /// Returns `{"configs": […], "pagination": {…}}`.
  func response(_ found: NumberedPage<ICC>, _ representation: ConfigRepresentation) -> APIResponse {
    var writer = JSONWriter(capacity: 256 + found.items.count * 1024)
    writer.beginObject()
    writer.memberName("configs")
    writer.beginArray()
    for icc in found.items { representation.write(icc, into: &writer) }
    writer.endArray()
    let isLast = search.offset + search.limit >= found.total || page == Int(Self.pages.upperBound)
    writer.memberName("pagination")
    writer.beginObject()
    writer.member("next_page", isLast ? 0 : page + 1)
    writer.member("results", found.items.count)
    writer.member("total_results", found.total)
    writer.endObject()
    writer.endObject()
    return APIResponse(200, .json, writer.bytes)
  }

  private static func order(_ text: String, _ input: inout InputReader) -> [ICCSearch.Order] {
    let terms = text.split(separator: ",", omittingEmptySubsequences: false)
    let order = terms.compactMap { term -> ICCSearch.Order? in
      let words = term.split(separator: " ")
      guard words.count == 2, let column = columns.first(where: { $0.name == words[0] }) else { return nil }
      guard words[1] == "ASC" || words[1] == "DESC" else { return nil }
      return ICCSearch.Order(column.key, isDescending: words[1] == "DESC")
    }
    guard order.count == terms.count, order.count <= columns.count else {
      let names = columns.map(\.name).joined(separator: ", ")
      input.report(
        RequestError(
          .parameter("order_by"), "query.wrong-value",
          "The parameter order_by must be up to \(columns.count) columns with ASC or DESC, separated by commas.",
          hint: "Write it like name ASC,created_date_time DESC. The columns are \(names)."))
      return []
    }
    return order
  }

  private static func condition(_ text: String, _ input: inout InputReader) -> ICCCondition? {
    do throws(FilterError) {
      return try FilterParser.condition(text)
    } catch {
      input.report(
        RequestError(
          .parameter("filter"), error.kind.rawValue, "Character \(error.position): \(error.detail)", hint: error.hint))
      return nil
    }
  }
}
