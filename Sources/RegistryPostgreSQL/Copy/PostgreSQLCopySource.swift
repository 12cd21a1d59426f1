package import PostgreSQLKit
package import RegistryStorage

/// One snapshot of a database, while instances use it or not.
package struct PostgreSQLCopySource: CopySource {
  private let table: TableRows

  /// Connects to a database with all migrations.
  package init(_ address: PostgreSQLAddress) throws {
    do {
      let pending = try Migrations(address).status().filter { $0.appliedAt == nil }
      guard pending.isEmpty else { throw CopyError("\(address) has pending migrations. Run `icc-registry migrate`") }
      let connection = try Connections(address: address).copy()
      try connection.run(script: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
      table = TableRows(connection: connection)
    } catch let error as PostgreSQLOpeningError {
      throw CopyError(error.description)
    }
  }

  package func rows(of table: CopiedTable, _ body: ([CopiedValue]) throws -> Void) throws {
    try self.table.each(of: table, body)
  }
}
