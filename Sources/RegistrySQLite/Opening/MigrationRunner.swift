import Registry
import SQLiteKit

/// Applies migrations to a database, each in a transaction of its own.
struct MigrationRunner {
  let connection: SQLiteConnection
  let migrations: [Migration]

  struct Applied {
    let number: Int64
    let name: String
    let checksum: [UInt8]
    let at: Timestamp
  }

  /// Returns the migrations recorded in the database, in order; none if it has no such table.
  func applied() throws(SQLiteError) -> [Applied] {
    let tables = try connection.integer(
      "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'")
    guard tables == 1 else { return [] }
    return try connection.rows("SELECT number, name, checksum, applied_at FROM migrations ORDER BY number") { row in
      Applied(
        number: row.integer(0), name: row.text(1), checksum: row.blob(2),
        at: Timestamp(milliseconds: row.integer(3)))
    }
  }

  /// Returns the pending migrations. Throws if the database is newer than this program, or if an
  /// applied migration was edited since.
  func pending(in database: String) throws(StoreOpeningError) -> ArraySlice<Migration> {
    let applied = try StoreOpeningError.translating(database) { () throws(SQLiteError) in try self.applied() }
    for (index, entry) in applied.enumerated() {
      guard index < migrations.count else { throw .newer(database, migration: entry.name) }
      let known = migrations[index]
      guard known.number == entry.number, known.checksum == entry.checksum else {
        throw .migrationEdited(database, migration: entry.name)
      }
    }
    return migrations[applied.count...]
  }

  /// Applies one migration and records it, atomically.
  func apply(_ migration: Migration, at now: Timestamp) throws(SQLiteError) {
    // A migration can change the text of a rule in the schema, without a change of a row.
    try connection.allowSchemaTexts(true)
    defer { try? connection.allowSchemaTexts(false) }
    // A table can only be rebuilt while foreign keys are not enforced, and the setting has no
    // effect inside a transaction (https://sqlite.org/lang_altertable.html#otheralter): so it is
    // turned off before, and all are checked within.
    try connection.run("PRAGMA foreign_keys = OFF")
    try connection.beginImmediate()
    do throws(SQLiteError) {
      try connection.runScript(migration.script)
      try connection.run(
        "INSERT INTO migrations (number, name, checksum, applied_at) VALUES (?, ?, ?, ?)",
        .integer(migration.number), .text(migration.name), .blob(migration.checksum), .integer(now.milliseconds))
      try checkReferences(migration)
      try connection.commit()
    } catch {
      connection.rollBack()
      throw error
    }
    try connection.run("PRAGMA foreign_keys = ON")
  }

  private func checkReferences(_ migration: Migration) throws(SQLiteError) {
    let broken = try connection.rows("PRAGMA foreign_key_check") { $0.text(0) }
    guard let table = broken.first else { return }
    throw SQLiteError(
      code: .constraintForeignKey, operation: .step, message: "\(migration.name) leaves broken references in \(table)")
  }
}
