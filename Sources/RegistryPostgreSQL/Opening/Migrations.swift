package import PostgreSQLKit
package import Registry

/// Brings the schema of a database up to this program's.
package struct Migrations {
  private let address: PostgreSQLAddress
  private let connection: PostgreSQLConnection

  /// A migration and the time at which it was applied; nil if it is pending.
  package typealias Status = (migration: Migration, appliedAt: Timestamp?)

  /// The maximum time of the statements of a migration, and of the wait for another instance that
  /// migrates.
  private static let maxMilliseconds = 600_000

  /// Connects, and checks that each connection has its own session, the server's version and the
  /// database's encoding.
  package init(_ address: PostgreSQLAddress) throws(PostgreSQLOpeningError) {
    self.address = address
    let encoding: String?
    let hasSessions: Bool
    do {
      connection = try PostgreSQLConnection(address)
      connection.statementMilliseconds = Self.maxMilliseconds
      hasSessions = try PoolerCheck.hasSessions(connection, PostgreSQLConnection(address))
      encoding =
        hasSessions ? try connection.first("SELECT current_setting('server_encoding')") { $0.text(0) } : nil
    } catch {
      throw .failed(address, error)
    }
    guard hasSessions else { throw .pooledByTransaction(address) }
    guard connection.serverVersion >= 150_000 else { throw .tooOld(address, version: connection.serverVersion) }
    guard encoding == "UTF8" else { throw .notUTF8(address, encoding: encoding ?? "") }
  }

  /// Returns the state of each migration. Throws if the database is newer than this program, or if
  /// it is not the registry's.
  package func status() throws(PostgreSQLOpeningError) -> [Status] {
    let applied: [Applied]
    let hasTables: Bool
    do {
      hasTables =
        try connection.first(
          "SELECT EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = to_regnamespace(current_schema()) AND relkind = 'r')"
        ) { $0.integer(0) == 1 } ?? false
      let isOurs = try connection.first("SELECT to_regclass('migrations') IS NOT NULL") { $0.integer(0) == 1 } ?? false
      guard isOurs || !hasTables else { throw Refusal.notOurs }
      applied = isOurs ? try readApplied() : []
    } catch let error as PostgreSQLError {
      throw .failed(address, error)
    } catch {
      throw .notOurs(address)
    }
    for (index, entry) in applied.enumerated() {
      guard index < Migration.all.count else { throw .newer(address, migration: entry.name) }
      let known = Migration.all[index]
      guard known.number == entry.number, known.checksum == entry.checksum else {
        throw .migrationEdited(address, migration: entry.name)
      }
    }
    return Migration.all.enumerated().map { index, migration in
      (migration, index < applied.count ? applied[index].at : nil)
    }
  }

  /// Applies the pending migrations in one transaction, and returns the state of each before. Of
  /// several instances that start together one migrates, and the others wait for it.
  @discardableResult
  package func apply(at now: Timestamp) throws(PostgreSQLOpeningError) -> [Status] {
    try perform { () throws(PostgreSQLError) in try connection.run(script: AdvisoryLock.beginMigrating) }
    let before = try status()
    try perform { () throws(PostgreSQLError) in
      for (migration, appliedAt) in before where appliedAt == nil {
        try connection.run(script: migration.script)
        try connection.run(
          """
          INSERT INTO migrations (number, name, checksum, applied_at) VALUES
          (\(migration.number), \(migration.name), \(migration.checksum), \(now.milliseconds))
          """)
      }
      try connection.run(script: "COMMIT")
    }
    return before
  }

  private enum Refusal: Error { case notOurs }

  private struct Applied {
    let number: Int64
    let name: String
    let checksum: [UInt8]
    let at: Timestamp
  }

  private func readApplied() throws(PostgreSQLError) -> [Applied] {
    try connection.rows("SELECT number, name, checksum, applied_at FROM migrations ORDER BY number") { row in
      Applied(number: row.integer(0), name: row.text(1), checksum: row.bytes(2), at: row.timestamp(3))
    }
  }

  private func perform(_ body: () throws(PostgreSQLError) -> Void) throws(PostgreSQLOpeningError) {
    do { try body() } catch { throw .failed(address, error) }
  }
}
