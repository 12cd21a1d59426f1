import PostgreSQLKit
import Registry
import RegistryStorage
import System

/// Reads and writes the registry's data inside the transaction that its owner began. One instance
/// has one writer; the writers of all instances take turns by `AdvisoryLock.beginWriting`.
final class PostgreSQLWriter: PostgreSQLReader, TransactionWriter {
  /// The time in milliseconds for which a lost commit is looked up.
  private static let lookupMilliseconds = 8_000
  private static let lookupPauseMilliseconds = 200

  private let connections: Connections
  /// The identifier of this instance in the table `writers`: 16 random bytes.
  let instance: [UInt8]
  /// The number of the last transaction of this instance that had changes.
  private var batch: Int64 = 0
  /// True if the transaction in progress has changes to keep.
  private var hasChanges = false

  init(_ connections: Connections, instance: [UInt8], _ observer: @escaping ErrorObserver) throws(PostgreSQLError) {
    (self.connections, self.instance) = (connections, instance)
    super.init(try connections.writer(), observer)
  }

  func begin() throws(StoreError) {
    hasChanges = false
    let wasOpen = connection.isOpen
    do {
      if !wasOpen { try reconnect() }
      try start()
    } catch {
      // The server may have ended an idle connection: that shows only now.
      guard wasOpen, !connection.isOpen else { throw error }
      try reconnect()
      try start()
    }
  }

  private func start() throws(StoreError) {
    do {
      try mappingErrors { () throws(PostgreSQLError) in try connection.run(script: AdvisoryLock.beginWriting) }
    } catch {
      rollBack()
      // A demoted primary: the next connection finds the new one.
      if error == .readOnly { connection.close() }
      throw error
    }
  }

  private func reconnect() throws(StoreError) {
    connection.close()
    connection = try mappingErrors { () throws(PostgreSQLError) in try connections.writer() }
  }

  func beginSavepoint() throws(StoreError) { try control("SAVEPOINT write") }

  func endSavepoint(keeping: Bool) throws(StoreError) {
    if keeping {
      try control("RELEASE SAVEPOINT write")
      hasChanges = true
    } else {
      // The changes are undone, and so is the error that ended the savepoint's statements.
      try control("ROLLBACK TO SAVEPOINT write; RELEASE SAVEPOINT write")
    }
  }

  func commit() throws(StoreError) {
    guard hasChanges else { return try control("ROLLBACK") }
    batch += 1
    try noteBatch()
    // A failed transaction would answer COMMIT with a rollback, and no error.
    guard connection.isInTransaction else { throw lastError ?? .internalFailure }
    do throws(PostgreSQLError) {
      try connection.run(script: "COMMIT")
    } catch {
      observer(error)
      // An error that leaves the connection open is the server's answer: it has rolled back.
      if connection.isOpen, error.state != .serverStopping { throw StoreError(error) }
      try resolve(StoreError(error))
    }
  }

  func rollBack() {
    guard connection.isOpen else { return }
    do { try connection.run(script: "ROLLBACK") } catch { connection.close() }
  }

  /// Commits a change of this instance's own row.
  func probe() throws(StoreError) { hasChanges = true }

  /// Writes the number of this transaction into this instance's row, so that its commit can be
  /// looked up. No other instance writes this row.
  private func noteBatch() throws(StoreError) {
    try change(
      """
      INSERT INTO writers (id, batch, used_at) VALUES (\(instance), \(batch), \(WallClock.milliseconds))
      ON CONFLICT (id) DO UPDATE SET batch = excluded.batch, used_at = excluded.used_at
      """)
  }

  /// Finds out whether the last transaction was committed, after the connection was lost during
  /// its COMMIT. Throws `error` if it was not, and `outcomeUnknown` if that cannot be found out in
  /// time.
  ///
  /// The row is read under the writers' lock: the lost transaction holds it until it has ended, so
  /// it cannot be committed after the row was read. On a standby that was promoted the row is as
  /// old as its data.
  private func resolve(_ error: StoreError) throws(StoreError) {
    let deadline = Instant.now.advanced(milliseconds: Self.lookupMilliseconds)
    while Instant.now < deadline {
      do {
        try reconnect()
        try start()
        let last = try first("SELECT batch FROM writers WHERE id = \(instance)") { $0.integer(0) }
        rollBack()
        if last == batch { return }
      } catch {
        SystemThread.sleep(milliseconds: Self.lookupPauseMilliseconds)
        continue
      }
      throw error
    }
    throw .outcomeUnknown
  }

  private func control(_ script: String) throws(StoreError) {
    try mappingErrors { () throws(PostgreSQLError) in try connection.run(script: script) }
  }

  /// Runs one change and returns the number of rows that it affected.
  @discardableResult
  func change(_ query: PostgreSQLQuery) throws(StoreError) -> Int {
    try mappingErrors { () throws(PostgreSQLError) in try connection.run(query) }
  }

  /// Runs a change that must affect exactly one row; throws otherwise.
  func changeOne(_ query: PostgreSQLQuery, orRefuse reason: String) throws(StoreError) {
    try mappingErrors { () throws(PostgreSQLError) in
      guard try connection.run(query) == 1 else { throw .rejected(reason) }
    }
  }
}
