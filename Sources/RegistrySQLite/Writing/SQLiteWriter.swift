import Registry
import RegistryStorage
import SQLiteKit

/// Reads and writes the registry's data over the writer's connection, inside the transaction that
/// its owner began.
final class SQLiteWriter: SQLiteReader, TransactionWriter {
  /// The size of the probe's content: more than the rows and the stored response of a request.
  private static let probeBytes: Int64 = 128 << 10

  /// The files of a server; nil for a command.
  var files: OpenFiles?
  /// The size of the write-ahead log from which no transaction begins.
  var walLimit = WALLimit(maxBytes: 0)

  /// The check of a large database's pages; nil if the start has checked all.
  var backgroundCheck: BackgroundCheck?

  func begin() throws(StoreError) {
    if backgroundCheck?.hasFoundDamage == true { throw .damageFound }
    try walLimit.check(connection)
    try mappingErrors { () throws(SQLiteError) in try connection.beginImmediate() }
  }

  func beginSavepoint() throws(StoreError) {
    try mappingErrors { () throws(SQLiteError) in try connection.beginSavepoint() }
  }

  /// Throws if the transaction, and so all writes of the group, was lost: a full disk, an I/O error
  /// and others "might cause an automatic rollback" (https://sqlite.org/lang_transaction.html
  /// section 3.1).
  func endSavepoint(keeping: Bool) throws(StoreError) {
    guard connection.isInTransaction else { throw lastError ?? .internalFailure }
    try mappingErrors { () throws(SQLiteError) in
      keeping ? try connection.releaseSavepoint() : try connection.rollBackSavepoint()
    }
  }

  func commit() throws(StoreError) {
    try mappingErrors { () throws(SQLiteError) in try connection.commit() }
    // After the commit: files lost before it have not received these writes.
    if files?.lost != nil { throw .filesLost }
  }

  func rollBack() { connection.rollBack() }

  /// Writes as much into the WAL as a large request and undoes it, then changes the header's page
  /// to the same content, which is committed and synced.
  override func probe() throws(StoreError) {
    try mappingErrors { () throws(SQLiteError) in
      try connection.run("SAVEPOINT probe")
      defer { try? connection.run("RELEASE probe") }
      do throws(SQLiteError) {
        try connection.run("CREATE TABLE probe (content BLOB)")
        try connection.run("INSERT INTO probe VALUES (zeroblob(?))", .integer(Self.probeBytes))
        try connection.flush()
      } catch {
        try? connection.run("ROLLBACK TO probe")
        throw error
      }
      try connection.run("ROLLBACK TO probe")
      try connection.run("PRAGMA user_version = 1")
    }
  }

  /// Runs one change.
  func change(_ sql: SQL, _ values: [SQLiteValue]) throws(StoreError) {
    try mappingErrors { () throws(SQLiteError) in try connection.statement(sql).run(values) }
  }

  /// Runs a change that must affect exactly one row; throws otherwise.
  func changeOne(_ sql: SQL, _ values: [SQLiteValue], orRefuse reason: String) throws(StoreError) {
    try mappingErrors { () throws(SQLiteError) in
      try connection.statement(sql).run(values)
      guard connection.changes == 1 else { throw .rejected(reason) }
    }
  }
}
