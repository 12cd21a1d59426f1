import RegistryStorage
import SQLiteKit

/// Reads and inserts the rows of tables as plain values.
struct TableRows {
  let connection: SQLiteConnection

  /// Calls `body` with each row in the order of the key.
  func each(of table: CopiedTable, _ body: ([CopiedValue]) throws -> Void) throws {
    let key = Self.list(table.columns.prefix(table.keyCount).map(\.name))
    let names = Self.list(table.columns.map(\.name))
    let statement = try connection.statement(
      "SELECT " + names + " FROM " + SQL(stringLiteral: table.name) + " ORDER BY " + key)
    defer { statement.reset() }
    while try statement.step() { try body(Self.values(statement, table)) }
  }

  /// Inserts rows.
  func insert(_ rows: [[CopiedValue]], into table: CopiedTable) throws(SQLiteError) {
    let places = Self.list(table.columns.map { _ in "?" })
    let columns = Self.list(table.columns.map(\.name))
    let statement = try connection.statement(
      "INSERT INTO " + SQL(stringLiteral: table.name) + " (" + columns + ") VALUES (" + places + ")")
    for row in rows { try statement.run(row.map(Self.value)) }
  }

  private static func list(_ names: [StaticString]) -> SQL {
    names.dropFirst().reduce(names.first.map { SQL(stringLiteral: $0) } ?? "") { $0 + ", " + SQL(stringLiteral: $1) }
  }

  private static func values(_ statement: SQLiteStatement, _ table: CopiedTable) -> [CopiedValue] {
    table.columns.enumerated().map { index, column in
      let index = Int32(truncatingIfNeeded: index)
      return switch column.kind {
      case .integer: statement.integerOrNil(index).map { .integer($0) } ?? .null
      case .text: statement.textOrNil(index).map { .text($0) } ?? .null
      case .bytes: statement.blobOrNil(index).map { .bytes($0) } ?? .null
      }
    }
  }

  private static func value(_ value: CopiedValue) -> SQLiteValue {
    switch value {
    case .null: .null
    case .integer(let value): .integer(value)
    case .text(let value): .text(value)
    case .bytes(let value): .blob(value)
    }
  }
}
