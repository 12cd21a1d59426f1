package import RegistryStorage
import SQLiteKit

/// One snapshot of a file, while a server uses it or not.
package struct SQLiteCopySource: CopySource {
  private let database: ExistingDatabase
  private let table: TableRows

  /// Opens an existing database with all migrations.
  package init(_ path: String) throws {
    do throws(StoreOpeningError) {
      database = try ExistingDatabase(path)
      let runner = MigrationRunner(connection: database.connection, migrations: Migration.all)
      guard try runner.pending(in: path).isEmpty else { throw .migrationsPending(path) }
      try StoreOpeningError.translating(path) { [connection = database.connection] () throws(SQLiteError) in
        try connection.beginDeferred()
        // The first read fixes the state.
        _ = try connection.integer("SELECT count(*) FROM migrations")
      }
    } catch {
      throw CopyError(error.description)
    }
    table = TableRows(connection: database.connection)
  }

  package func rows(of table: CopiedTable, _ body: ([CopiedValue]) throws -> Void) throws {
    try self.table.each(of: table, body)
  }
}
