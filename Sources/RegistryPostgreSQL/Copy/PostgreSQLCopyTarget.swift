package import PostgreSQLKit
package import Registry
package import RegistryStorage

/// A database that a copy fills in one transaction, under the lock of all writers. If the copy ends
/// early, the database has no data, and the copy can be repeated.
package struct PostgreSQLCopyTarget: CopyTarget {
  private let connection: PostgreSQLConnection
  private let table: TableRows

  /// Connects, applies the migrations at the time `now`, and begins. Throws if the database has
  /// data or an instance uses it.
  package init(_ address: PostgreSQLAddress, now: Timestamp) throws {
    do {
      try Migrations(address).apply(at: now)
    } catch {
      throw CopyError(error.description)
    }
    connection = try Connections(address: address).copy()
    table = TableRows(connection: connection)
    try connection.run(script: AdvisoryLock.beginWriting)
    guard try !hasData() else { throw CopyError("\(address) has data. Copy into a new database") }
    guard try !isInUse() else {
      throw CopyError("an icc-registry uses \(address). Stop it first: it would go on with its former keys")
    }
    for table in CopiedTable.all.reversed() {
      try connection.run("ALTER TABLE \(TableRows.text(table.name)) DISABLE TRIGGER USER")
      try connection.run("DELETE FROM \(TableRows.text(table.name))")
    }
  }

  private func hasData() throws(PostgreSQLError) -> Bool {
    try connection.first(
      "SELECT EXISTS (SELECT 1 FROM events) OR EXISTS (SELECT 1 FROM tokens) OR EXISTS (SELECT 1 FROM iccs)"
    ) { $0.integer(0) == 1 } ?? true
  }

  private func isInUse() throws(PostgreSQLError) -> Bool {
    try connection.first(
      """
      SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database()
        AND application_name LIKE 'icc-registry %' AND pid <> pg_backend_pid())
      """
    ) { $0.integer(0) == 1 } ?? true
  }

  package func rows(of table: CopiedTable, _ body: ([CopiedValue]) throws -> Void) throws {
    try self.table.each(of: table, body)
  }

  package func insert(_ rows: [[CopiedValue]], into table: CopiedTable) throws {
    try self.table.insert(rows, into: table)
  }

  package func commit() throws {
    for table in CopiedTable.all {
      let name = TableRows.text(table.name)
      try connection.run("ALTER TABLE \(name) ENABLE TRIGGER USER")
      guard table.isNumbered else { continue }
      try connection.run(
        """
        SELECT setval(pg_get_serial_sequence('\(name)', 'seq'), coalesce(max(seq), 0) + 1, FALSE) FROM \(name)
        """)
    }
    try connection.run(script: "COMMIT")
    // Without statistics the first lists of a large registry would be slow.
    try connection.run(script: "ANALYZE")
  }
}
