import PostgreSQLKit
import Registry

/// The queries for a numbered page of ICCs.
struct ICCSearchQuery {
  private let search: ICCSearch
  private let rows: PostgreSQLQuery

  init(_ search: ICCSearch, _ scope: Scope) {
    self.search = search
    let inScope: PostgreSQLQuery = " FROM iccs WHERE \(scope.condition("organisation")) AND deleted_at IS NULL"
    rows = search.condition.map { "\(inScope) AND (\(Self.condition($0)))" } ?? inScope
  }

  /// The page: ICCs in the columns of `ICC.columns`.
  var page: PostgreSQLQuery {
    var order: PostgreSQLQuery = ""
    for key in search.order {
      order += Self.column(key.key)
      order += key.isDescending ? " DESC, " : ", "
    }
    return "SELECT \(ICC.columns)\(rows) ORDER BY \(order)seq DESC LIMIT \(search.limit) OFFSET \(search.offset)"
  }

  /// The number of ICCs of all pages.
  var count: PostgreSQLQuery { "SELECT count(*)\(rows)" }

  private static func condition(_ condition: ICCCondition) -> PostgreSQLQuery {
    switch condition {
    case .text(let field, .compares(let comparison), let value):
      TextCondition.compares(column(field), comparison, value)
    case .text(let field, .contains(ignoringCase: false), let value): TextCondition.contains(column(field), value)
    case .text(let field, .contains(ignoringCase: true), let value):
      TextCondition.contains(foldedColumn(field), value.folded)
    case .time(let field, let comparison, let value):
      "\(column(field))\(TextCondition.symbol(comparison))\(value.milliseconds)"
    case .not(let condition): "NOT (\(self.condition(condition)))"
    case .all(let conditions): joined(conditions, by: " AND ")
    case .any(let conditions): joined(conditions, by: " OR ")
    }
  }

  private static func joined(_ conditions: [ICCCondition], by word: PostgreSQLQuery) -> PostgreSQLQuery {
    var joined: PostgreSQLQuery = ""
    for (index, condition) in conditions.enumerated() {
      if index > 0 { joined += word }
      joined += "(\(self.condition(condition)))"
    }
    return joined
  }

  private static func column(_ key: ICCSearch.Key) -> PostgreSQLQuery {
    switch key {
    case .name: "name_folded"
    case .connectorType: "connector_type"
    case .createdAt: "seq"
    case .updatedAt: "updated_at"
    }
  }

  private static func column(_ field: ICCTextField) -> PostgreSQLQuery {
    switch field {
    case .id: "id"
    case .name: "name"
    case .description: "description"
    case .connectorType: "(CASE connector_type WHEN 's3-cross-account' THEN 'S3_CROSS_ACCOUNT' END) COLLATE \"C\""
    }
  }

  private static func foldedColumn(_ field: ICCTextField) -> PostgreSQLQuery {
    switch field {
    case .id: "id"
    case .name: "name_folded"
    case .description: "description_folded"
    case .connectorType: "lower(\(column(field)))"
    }
  }

  private static func column(_ field: ICCTimeField) -> PostgreSQLQuery {
    switch field {
    case .createdAt: "created_at"
    case .updatedAt: "updated_at"
    }
  }
}

extension PostgreSQLReader {
  func iccs(_ search: ICCSearch, in scope: Scope) throws(StoreError) -> NumberedPage<ICC> {
    if case .organisations(let organisations) = scope, organisations.isEmpty {
      return NumberedPage(items: [], total: 0)
    }
    let query = ICCSearchQuery(search, scope)
    return try mappingErrors(timeLimit: search.timeLimit) { () throws(PostgreSQLError) in
      let items = try connection.rows(query.page, ICC.init(row:))
      return NumberedPage(items: items, total: try total(search, query, scope, items.count))
    }
  }

  /// Returns the number of ICCs of all pages. Without a condition it is kept for each organisation,
  /// and the last page says it too.
  private func total(
    _ search: ICCSearch, _ query: ICCSearchQuery, _ scope: Scope, _ found: Int
  ) throws(PostgreSQLError) -> Int {
    if found < search.limit, found > 0 || search.offset == 0 { return search.offset + found }
    let kept: PostgreSQLQuery =
      "SELECT sum(iccs)::bigint FROM organisation_counts WHERE \(scope.condition("organisation"))"
    return Int(try connection.first(search.condition == nil ? kept : query.count) { $0.integer(0) } ?? 0)
  }
}
