import PostgreSQLKit
import Registry
import RegistryStorage

/// Reads and inserts the rows of tables as plain values.
struct TableRows {
  /// The number of rows that are in memory at a time.
  private static let batchRows: StaticString = "250"

  let connection: PostgreSQLConnection

  /// Calls `body` with each row in the order of the key. Must be called in a transaction.
  func each(of table: CopiedTable, _ body: ([CopiedValue]) throws -> Void) throws {
    let key = table.columns.prefix(table.keyCount).map { column -> PostgreSQLQuery in
      // The other store compares texts by their bytes.
      column.kind == .text ? Self.text(column.name) + " COLLATE \"C\"" : Self.text(column.name)
    }
    let cursor: PostgreSQLQuery = "copied_" + Self.text(table.name)
    let names = Self.list(table.columns.map { Self.text($0.name) })
    try connection.run(
      "DECLARE \(cursor) NO SCROLL CURSOR FOR SELECT \(names) FROM \(Self.text(table.name)) ORDER BY \(Self.list(key))")
    while true {
      let rows = try connection.rows("FETCH \(Self.text(Self.batchRows)) FROM \(cursor)") { Self.values($0, table) }
      if rows.isEmpty { break }
      for row in rows { try body(row) }
    }
    try connection.run("CLOSE \(cursor)")
  }

  /// Inserts rows with one statement.
  func insert(_ rows: [[CopiedValue]], into table: CopiedTable) throws(PostgreSQLError) {
    let folded = table.foldedColumns
    let names = Self.list(table.columns.map { Self.text($0.name) } + folded.map { Self.text($0.name) })
    var query: PostgreSQLQuery = "INSERT INTO \(Self.text(table.name)) (\(names)) OVERRIDING SYSTEM VALUE VALUES "
    for (index, row) in rows.enumerated() {
      let values = row.map(Self.parameter) + folded.map { Self.folded(row[$0.source]) }
      query += index == 0 ? "(\(Self.list(values)))" : ", (\(Self.list(values)))"
    }
    try connection.run(query)
  }

  static func text(_ name: StaticString) -> PostgreSQLQuery { PostgreSQLQuery(stringLiteral: name) }

  private static func list(_ parts: [PostgreSQLQuery]) -> PostgreSQLQuery {
    var list: PostgreSQLQuery = ""
    for (index, part) in parts.enumerated() { list += index == 0 ? part : ", " + part }
    return list
  }

  private static func values(_ row: PostgreSQLRow, _ table: CopiedTable) -> [CopiedValue] {
    table.columns.enumerated().map { index, column in
      let index = Int32(truncatingIfNeeded: index)
      return switch column.kind {
      case .integer: row.integerOrNil(index).map { .integer($0) } ?? .null
      case .text: row.textOrNil(index).map { .text($0) } ?? .null
      case .bytes: row.bytesOrNil(index).map { .bytes($0) } ?? .null
      }
    }
  }

  private static func parameter(_ value: CopiedValue) -> PostgreSQLQuery {
    switch value {
    case .null: "NULL"
    case .integer(let value): "\(value)"
    case .text(let value): "\(value)"
    case .bytes(let value): "\(value)"
    }
  }

  private static func folded(_ value: CopiedValue) -> PostgreSQLQuery {
    if case .text(let text) = value { "\(text.folded)" } else { "NULL" }
  }
}

extension CopiedTable {
  /// The columns of this store only, which have the case-insensitive form of another column's text.
  fileprivate var foldedColumns: [(name: StaticString, source: Int)] {
    guard name.description == "iccs" else { return [] }
    let columns: [(StaticString, String)] = [("description_folded", "description"), ("prefix_folded", "prefix")]
    return columns.compactMap { name, source in
      self.columns.firstIndex { $0.name.description == source }.map { (name, $0) }
    }
  }
}
