import Registry
import SQLiteKit

/// The statements for a numbered page of ICCs.
///
/// The index is always named: so a search by another organisation's identifier or name reads none
/// of its rows. An equality of `id` or `name` that the whole condition requires selects one row by
/// its index; every other condition is evaluated for each live ICC in scope.
struct ICCSearchQuery {
  private let search: ICCSearch
  private let rows: SQL
  private let values: [SQLiteValue]

  /// The statements for a scope that is not empty.
  init(_ search: ICCSearch, _ scope: Scope) {
    self.search = search
    let (inScope, scoped) = scope.condition("organisation")
    var sql: SQL = " WHERE" + inScope + " AND deleted_at IS NULL"
    var values = scoped
    if let condition = search.condition {
      if let key = Self.key(condition) {
        sql = sql + " AND " + key.column + " = ?"
        values.append(.text(key.value))
      }
      let rest = ConditionSQL(condition)
      sql = sql + " AND (" + rest.sql + ")"
      values += rest.values
    }
    rows = " FROM iccs" + Self.index(search, scope) + sql
    self.values = values
  }

  /// The page: ICCs in the columns of `ICC.columns`.
  var page: (sql: SQL, values: [SQLiteValue]) {
    (
      "SELECT " + ICC.columns + rows + order + " LIMIT ? OFFSET ?",
      values + [.integer(Int64(search.limit)), .integer(Int64(search.offset))]
    )
  }

  /// The number of ICCs of all pages.
  var count: (sql: SQL, values: [SQLiteValue]) { ("SELECT count(*)" + rows, values) }

  private var order: SQL {
    var sql: SQL = " ORDER BY "
    for order in search.order {
      sql = sql + Self.column(order.key) + (order.isDescending ? " DESC, " : ", ")
    }
    return sql + "seq DESC"
  }

  private static func index(_ search: ICCSearch, _ scope: Scope) -> SQL {
    guard scope != .all else { return "" }
    switch search.condition.flatMap(key)?.column {
    case "id"?: return " INDEXED BY iccs_of_organisation"
    case nil where search.order.first?.key != .name: return " INDEXED BY iccs_organisation"
    default: return " INDEXED BY iccs_live_names"
    }
  }

  private static func column(_ key: ICCSearch.Key) -> SQL {
    switch key {
    case .name: "name_folded"
    case .connectorType: "connector_type"
    case .createdAt: "seq"
    case .updatedAt: "updated_at"
    }
  }

  /// The column with an index, and its value, of an equality that the condition requires.
  private static func key(_ condition: ICCCondition) -> (column: SQL, value: String)? {
    switch condition {
    case .text(.id, .compares(.equal), let value): ("id", value)
    case .text(.name, .compares(.equal), let value): ("name_folded", value.folded)
    case .all(let conditions): conditions.lazy.compactMap(key).first
    default: nil
    }
  }
}

extension SQLiteReader {
  func iccs(_ search: ICCSearch, in scope: Scope) throws(StoreError) -> NumberedPage<ICC> {
    if case .organisations(let organisations) = scope, organisations.isEmpty {
      return NumberedPage(items: [], total: 0)
    }
    let query = ICCSearchQuery(search, scope)
    return try mappingErrors(timeLimit: search.timeLimit) { () throws(SQLiteError) in
      let items = try connection.rows(of: connection.prepare(query.page.sql), query.page.values, ICC.init(row:))
      return NumberedPage(items: items, total: try total(search, query, scope, items.count))
    }
  }

  /// Returns the number of ICCs of all pages. Without a condition it is kept for each organisation,
  /// and the last page says it too.
  private func total(
    _ search: ICCSearch, _ query: ICCSearchQuery, _ scope: Scope, _ found: Int
  ) throws(SQLiteError) -> Int {
    if found < search.limit, found > 0 || search.offset == 0 { return search.offset + found }
    guard search.condition == nil else {
      return Int(try connection.rows(of: connection.prepare(query.count.sql), query.count.values) { $0.integer(0) }[0])
    }
    if scope == .all { return try liveCount() }
    let (inScope, scoped) = scope.condition("organisation")
    let sql = "SELECT sum(iccs) FROM organisation_counts WHERE" + inScope
    return Int(try connection.first(sql, scoped) { $0.integer(0) } ?? 0)
  }

  /// Returns the number of live ICCs of all organisations: the counts by status are fewer than
  /// those by organisation.
  private func liveCount() throws(SQLiteError) -> Int {
    var sql: SQL = "SELECT sum(value) FROM counts WHERE name IN (?"
    for _ in ICCStatus.allCases.dropFirst() { sql = sql + ", ?" }
    let names = ICCStatus.allCases.map { SQLiteValue.text("iccs." + $0.rawValue) }
    return Int(try connection.first(sql + ")", names) { $0.integer(0) } ?? 0)
  }
}
