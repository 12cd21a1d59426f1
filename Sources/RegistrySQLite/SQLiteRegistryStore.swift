package import Registry
import RegistryStorage
import SQLiteKit
import Synchronization
import System

/// The registry's store in one SQLite database. Reads run on the caller's thread over read-only
/// connections; writes go to one writer thread, which commits all waiting writes together.
package final class SQLiteRegistryStore: DatabaseStore {
  private let files: DatabaseFiles
  private let lock: Locked<ServerLock?>
  private let readers: ReaderPool
  private let queue: WriteQueue
  private let health: WriteHealth
  private let writerProbe = ReadinessProbe(orThrow: .stalled)
  private let readerProbe = ReadinessProbe(orThrow: .readerStalled)
  private let openFiles: OpenFiles?
  private let writerThread: WriterThread
  private let backgroundCheck: BackgroundCheck?
  private let isClosed = Atomic(false)
  /// The files next to the database that the start has found.
  package let leftovers: Leftovers

  /// Opens the database at `path`, or creates it if there never was one. `now` is recorded with
  /// applied migrations; `observer` is called for each SQLite error, on the thread where it
  /// occurred. Writes are rejected while the write-ahead log has `maxWALBytes` or more; 0 means no
  /// limit. A write that has waited for `maxWaitMilliseconds` is rejected before it is started.
  package init(
    path: String, purpose: StorePurpose, now: Timestamp, maxWALBytes: Int = 0, maxWaitMilliseconds: Int = 5_000,
    observer: @escaping ErrorObserver
  ) throws(StoreOpeningError) {
    files = try DatabaseFiles(path)
    health = WriteHealth()
    readers = ReaderPool(files.database, observer)
    let opening = StoreOpening(files: files, purpose: purpose, migrations: Migration.all, now: now)
    let opened = try opening.open()
    lock = Locked(opened.lock)
    openFiles = opened.files
    leftovers = opened.leftovers
    let path = files.database
    let (writer, checkpoints, readLock): (SQLiteWriter, SQLiteConnection, SharedReadLock?)
    do throws(SQLiteError) {
      if purpose == .server { Self.beginWAL(opened.connection) }
      opened.connection.countWALPages()
      writer = try SQLiteWriter(opened.connection, observer)
      writer.files = openFiles
      writer.walLimit = WALLimit(maxBytes: maxWALBytes)
      checkpoints = try Connections.writer(path)
      // A writing connection: it may be closed last, and only such a connection removes the WAL.
      readLock = purpose == .server ? try SharedReadLock(try Connections.writer(path), observer) : nil
    } catch {
      throw StoreOpeningError(error, path)
    }
    do throws(SystemError) {
      backgroundCheck = opened.needsPageCheck ? try BackgroundCheck(of: path, observer) : nil
      writer.backgroundCheck = backgroundCheck
      queue = try WriteQueue(health, limits: WriteQueue.Limits(maxMilliseconds: maxWaitMilliseconds))
      let checkpointer = try Checkpointer(checkpoints, health, observer)
      writerThread = try WriterThread(writer, health, queue, checkpointer, readLock)
    } catch {
      throw StoreOpeningError(error, path)
    }
  }

  package func read<Value>(_ body: (any RegistryReader) throws -> Value) throws -> Value {
    try readers.withReader { reader in try reader.snapshot { try body($0) } }
  }

  package func write<Value: Sendable>(
    for owner: Scope, dryRun: Bool, _ body: @escaping @Sendable (any RegistryWriter) throws -> Value
  ) async throws -> Value {
    try await queue.perform(for: owner, dryRun: dryRun) { try body($0) }
  }

  /// The path of a file of the database that was removed or replaced while this store had it open;
  /// nil if there is none.
  package var lostFile: String? { isClosed.load(ordering: .acquiring) ? nil : openFiles?.lost }

  /// The state of the check of a large database's pages; nil if the start has checked all.
  package var pageCheck: PageCheckState? { backgroundCheck?.current }

  /// True while the pages of a large database are checked.
  package var isCheckingPages: Bool { pageCheck == .running }

  /// The size of the write-ahead log in bytes, and true if it is so large that writes are rejected.
  package var walState: (bytes: Int64, isTooLarge: Bool) {
    (File.size(files.wal) ?? 0, health.lastError == .walTooLarge)
  }

  /// Reads through a reader and asks the writer, at the same time and each on a thread of its own:
  /// a disk that does not respond must not hold the caller's thread.
  package func checkReady() async throws(StoreError) {
    if isClosed.load(ordering: .acquiring) { throw .closed }
    if backgroundCheck?.hasFoundDamage == true { throw .damageFound }
    do {
      async let read: Void = readerProbe.run(startRead)
      async let write: Void = writerProbe.run(startWrite)
      _ = try await (read, write)
    } catch {
      throw error as? StoreError ?? .internalFailure
    }
  }

  private typealias Completion = @Sendable (Result<Void, any Error>) -> Void

  @Sendable private func startRead(_ finish: @escaping Completion) {
    do throws(SystemError) {
      try SystemThread.detach { [readers, openFiles] in
        finish(
          Result {
            if openFiles?.lost != nil { throw StoreError.filesLost }
            if let error = readers.recentError { throw error }
            try readers.withReader { try $0.probe() }
          })
      }
    } catch {
      finish(.failure(StoreError.internalFailure))
    }
  }

  /// Asks the writer. After a failed commit it writes pages, because only that shows whether there
  /// is space again.
  @Sendable private func startWrite(_ finish: @escaping Completion) {
    let commitFailed = health.lastError != nil
    queue.add(
      QueuedWrite(for: nil, isDryRun: !commitFailed, { if commitFailed { try $0.probe() } }, completion: finish))
  }

  /// Returns the store's state and counts. A value that cannot be read is 0.
  package func statistics() -> StoreStatistics {
    var statistics = health.statistics()
    statistics.waitingWrites = queue.count
    statistics.databaseBytes = File.size(files.database) ?? 0
    statistics.lastBackup = BackupRecord.read(files)
    statistics.logBytes = File.size(files.wal) ?? 0
    let counts = (try? readers.withReader { try $0.counts() }) ?? StoreCounts()
    statistics.errors.merge(readers.errorCounts, uniquingKeysWith: +)
    statistics.lastError = statistics.lastError ?? readers.recentError
    statistics.freePages = counts.freePages
    statistics.iccs = counts.iccs
    statistics.sharedRoleAlarms = counts.sharedRoleAlarms
    statistics.heldICCs = counts.heldICCs
    statistics.listedAlarms = counts.listedAlarms
    statistics.auditHead = counts.auditHead
    return statistics
  }

  /// Returns the greatest identifier in use, for `IdentifierSource`; 0 in a new database.
  package func maxIdentifier() throws -> UInt128 {
    try readers.withReader { try $0.maxIdentifier() }
  }

  /// Commits a page without a change. Until the first commit to a new WAL, SQLite asks the system
  /// for the database's size in every read transaction. An error is ignored: a full disk must not
  /// prevent reads.
  private static func beginWAL(_ connection: SQLiteConnection) {
    try? connection.run("PRAGMA user_version = 1")
  }

  deinit {
    close()
  }

  /// Performs the waiting writes, rejects further ones, and closes the database. A second call does
  /// nothing.
  package func close() {
    if isClosed.exchange(true, ordering: .acquiringAndReleasing) { return }
    backgroundCheck?.stop()
    // Before the writer: a read-only connection that is closed last leaves the WAL and its index.
    readers.close()
    queue.close()
    writerThread.join()
    lock.withLock { $0 = nil }
  }
}
