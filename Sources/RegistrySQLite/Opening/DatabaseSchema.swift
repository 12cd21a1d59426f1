import Registry
import SQLiteKit

/// The tables, indexes, triggers and views of a database, as the texts of their statements.
struct DatabaseSchema {
  private let statements: [String: String]

  /// Reads the schema of a database, without SQLite's own objects, which follow from the others,
  /// and without the tables that Litestream adds to a database that it replicates.
  private init(of connection: SQLiteConnection) throws(SQLiteError) {
    let rows = try connection.rows(
      """
      SELECT type || ' ' || name, sql FROM sqlite_schema WHERE substr(name, 1, 7) <> 'sqlite_'
        AND NOT (type = 'table' AND name IN ('_litestream_seq', '_litestream_lock'))
      """
    ) { ($0.text(0), $0.text(1)) }
    statements = Dictionary(rows) { first, _ in first }
  }

  /// Builds the schema that these migrations create, in memory.
  private init(after migrations: some Collection<Migration>) throws(SQLiteError) {
    let connection = try SQLiteConnection(path: ":memory:", access: .readWrite)
    let runner = MigrationRunner(connection: connection, migrations: Array(migrations))
    for migration in migrations { try runner.apply(migration, at: Timestamp(milliseconds: 0)) }
    try self.init(of: connection)
  }

  /// Returns the first object of a database that differs from what those of `migrations` that are
  /// applied to it create; nil if there is none.
  static func difference(in connection: SQLiteConnection, after migrations: [Migration]) throws(SQLiteError) -> String?
  {
    let applied = try MigrationRunner(connection: connection, migrations: migrations).applied().count
    return try DatabaseSchema(of: connection).difference(from: DatabaseSchema(after: migrations.prefix(applied)))
  }

  /// Returns the first object, by name, that is missing, added or changed compared with `expected`.
  private func difference(from expected: DatabaseSchema) -> String? {
    let objects = Set(statements.keys).union(expected.statements.keys)
    guard let object = objects.filter({ statements[$0] != expected.statements[$0] }).min() else { return nil }
    if statements[object] == nil { return "the \(object) is missing" }
    return expected.statements[object] == nil ? "the \(object) was added" : "the \(object) was changed"
  }
}
