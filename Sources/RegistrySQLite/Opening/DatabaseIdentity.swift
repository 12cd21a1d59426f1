import SQLiteKit

/// The checks that a database is this program's, made by SQLite. Unlike `DatabaseHeader` they see
/// the WAL: one of another database can replace every page.
struct DatabaseIdentity {
  let connection: SQLiteConnection
  let path: String
  let migrations: [Migration]

  /// "ICCR", as `0001_init.sql` sets it.
  private static let applicationID: Int64 = 0x4943_4352

  /// Throws unless the database has our application ID and at least one migration, and no unknown
  /// ones.
  func check() throws(StoreOpeningError) {
    try checkApplication()
    let runner = MigrationRunner(connection: connection, migrations: migrations)
    guard try runner.pending(in: path).count < migrations.count else { throw .foreign(path) }
  }

  /// Throws unless the database has our application ID.
  func checkApplication() throws(StoreOpeningError) {
    let found = try StoreOpeningError.translating(path) { () throws(SQLiteError) in
      try connection.integer("PRAGMA application_id")
    }
    guard found == Self.applicationID else { throw .foreign(path) }
  }

  /// Throws unless the schema is the one that the applied migrations create.
  func checkSchema() throws(StoreOpeningError) {
    let difference = try StoreOpeningError.translating(path) { () throws(SQLiteError) in
      try DatabaseSchema.difference(in: connection, after: migrations)
    }
    if let difference { throw .schemaChanged(path, difference: difference) }
  }
}
