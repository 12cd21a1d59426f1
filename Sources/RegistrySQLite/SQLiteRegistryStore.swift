package import Registry
import SQLiteKit
import Synchronization
import System

/// The registry's store in one SQLite database: reads in place on read-only connections, writes through one writer thread
/// that commits all that wait at once.
package final class SQLiteRegistryStore: RegistryStore {
  private let files: DatabaseFiles
  private let lock: Locked<ServerLock?>
  private let readers: ReaderPool
  private let queue: WriteQueue
  private let health: WriteHealth
  private let writerThread: WriterThread
  private let isClosed = Atomic(false)

  /// Opens the database at `path`, or makes it where there never was one. `now` is noted with migrations that are applied;
  /// `observer` is told of each failed call of SQLite, on the thread where it happened.
  package init(
    path: String, purpose: StorePurpose, now: Timestamp, observer: @escaping FaultObserver
  ) throws(StoreOpeningError) {
    files = try DatabaseFiles(path)
    health = WriteHealth()
    readers = ReaderPool(files.database, observer)
    let opening = StoreOpening(files: files, purpose: purpose, migrations: Migration.all, now: now)
    let opened = try opening.open()
    lock = Locked(opened.lock)
    let path = files.database
    let (writer, checkpoints, readLock): (SQLiteWriter, SQLiteConnection, SharedReadLock?)
    do throws(SQLiteError) {
      if purpose == .server { Self.beginLog(opened.connection) }
      opened.connection.countPagesInLog()
      writer = try SQLiteWriter(opened.connection, observer)
      checkpoints = try Connections.writer(path)
      // One that may write, for it may be closed last, and only such a one removes the log.
      readLock = purpose == .server ? try SharedReadLock(try Connections.writer(path), observer) : nil
    } catch {
      throw StoreOpeningError(error, path)
    }
    do throws(SystemError) {
      queue = try WriteQueue()
      let checkpointer = try Checkpointer(checkpoints, observer)
      writerThread = try WriterThread(writer, queue, health, checkpointer, readLock)
    } catch {
      throw StoreOpeningError(error, path)
    }
  }

  package func read<Value>(_ body: (any RegistryReader) throws -> Value) throws -> Value {
    try readers.withReader { reader in try reader.snapshot { try body($0) } }
  }

  package func write<Value: Sendable>(
    dryRun: Bool, _ body: @escaping @Sendable (any RegistryWriter) throws -> Value
  ) async throws -> Value {
    try await enqueue(dryRun: dryRun) { try body($0) }
  }

  /// After a failed commit a row is really written, because only that shows whether there is room again.
  package func checkWritable() async throws(StoreError) {
    let failedBefore = health.fault != nil
    do {
      try await enqueue(dryRun: !failedBefore) { writer in
        if failedBefore { try writer.probe() }
      }
    } catch {
      throw error as? StoreError ?? .internalFailure
    }
  }

  /// The greatest identifier in use, as `IdentifierSource` wants it; 0 in a new database.
  package func greatestIdentifier() throws -> UInt128 {
    try readers.withReader { try $0.greatestIdentifier() }
  }

  /// While nothing has been committed since the log was made, it does not tell the database's size, and SQLite asks the system
  /// for it in every read transaction. A commit that changes nothing ends that; a disk that takes none now is no reason not
  /// to serve reads.
  private static func beginLog(_ connection: SQLiteConnection) {
    try? connection.run("PRAGMA user_version = 1")
  }

  deinit {
    close()
  }

  /// Makes the writes that wait, refuses any further one, and closes the database. Does nothing the second time.
  package func close() {
    if isClosed.exchange(true, ordering: .acquiringAndReleasing) { return }
    queue.close()
    writerThread.join()
    readers.close()
    lock.withLock { $0 = nil }
  }

  private func enqueue<Value: Sendable>(
    dryRun: Bool, _ body: @escaping @Sendable (SQLiteWriter) throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      queue.add(QueuedWrite(isDryRun: dryRun, resuming: continuation, body))
    }
  }
}
