package import PostgreSQLKit
package import Registry
import RegistryStorage
import Synchronization
import System

/// The registry's store in one PostgreSQL database, which several instances can share. Reads run on
/// the caller's thread, which waits for the server: it must not be the thread of an event loop.
/// Writes go to one writer thread for each instance, which commits all waiting writes together.
package final class PostgreSQLRegistryStore: DatabaseStore {
  private let readers: ReaderPool
  private let standby: StandbyReads?
  private let queue: WriteQueue
  private let health = WriteHealth()
  private let writerProbe = ReadinessProbe(orThrow: .stalled)
  private let readerProbe = ReadinessProbe(orThrow: .readerStalled)
  private let writerThread: SystemThread
  private let isClosed = Atomic(false)

  /// Opens the database. A server (`migrates`) applies pending migrations, whose time is `now`; a
  /// command rejects an empty database. `observer` is called for each PostgreSQL error, on the
  /// thread where it occurred. A write that has waited for `maxWaitMilliseconds` is rejected before
  /// it is started. Reads go to `replica`, a standby, while it shows all that was committed.
  package init(
    _ address: PostgreSQLAddress, replica: PostgreSQLAddress? = nil, migrates: Bool, now: Timestamp,
    maxWaitMilliseconds: Int = 5_000, observer: @escaping ErrorObserver
  ) throws(PostgreSQLOpeningError) {
    let migrations = try Migrations(address)
    let isEmpty = try !migrations.status().contains { $0.appliedAt != nil }
    if isEmpty && !migrates { throw .empty(address) }
    try migrations.apply(at: now)
    let connections = Connections(address: address)
    let readers = ReaderPool(observer, replacesLost: true) { () throws(PostgreSQLError) in
      try connections.reader()
    }
    self.readers = readers
    standby = try replica.map { (replica) throws(PostgreSQLOpeningError) in
      try StandbyReads(replica, of: connections, readers, observer)
    }
    let writer: PostgreSQLWriter
    do {
      writer = try PostgreSQLWriter(connections, instance: Self.randomInstance(), observer)
    } catch {
      throw .failed(address, error)
    }
    do {
      let queue = try WriteQueue(health, limits: WriteQueue.Limits(maxMilliseconds: maxWaitMilliseconds))
      self.queue = queue
      writerThread = try Self.startThread(writer, health, queue)
    } catch {
      throw .failed(address, PostgreSQLError(.outOfResources, error.description))
    }
  }

  private static func startThread(
    _ writer: sending PostgreSQLWriter, _ health: WriteHealth, _ queue: WriteQueue
  ) throws(SystemError) -> SystemThread {
    try SystemThread.start {
      var group = GroupCommit(writer: writer, health: health)
      while let write = queue.waitForNext() { group.perform(write, and: queue.next) }
      writer.connection.close()
    }
  }

  private static func randomInstance() -> [UInt8] {
    var source = SystemRandomNumberGenerator()
    return (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &source) }
  }

  /// False: a read waits for the server.
  package var readsInPlace: Bool { false }

  package func read<Value>(_ body: (any RegistryReader) throws -> Value) throws -> Value {
    if let value = try standby?.read({ try body($0) }) { return value }
    return try readers.withReader { try body($0) }
  }

  package var replica: ReplicaStatus? { standby?.status }

  package func write<Value: Sendable>(
    for owner: Scope, dryRun: Bool, _ body: @escaping @Sendable (any RegistryWriter) throws -> Value
  ) async throws -> Value {
    try await queue.perform(for: owner, dryRun: dryRun) { try body($0) }
  }

  /// Reads through a reader and asks the writer, at the same time and each on a thread of its own.
  package func checkReady() async throws(StoreError) {
    if isClosed.load(ordering: .acquiring) { throw .closed }
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
      try SystemThread.detach { [readers] in
        finish(Result { _ = try readers.withReader { try $0.auditHead() } })
      }
    } catch {
      finish(.failure(StoreError.internalFailure))
    }
  }

  /// Asks the writer. After a failed commit it commits a row, because only that shows whether
  /// commits work again.
  @Sendable private func startWrite(_ finish: @escaping Completion) {
    let commitFailed = health.lastError != nil
    queue.add(
      QueuedWrite(for: nil, isDryRun: !commitFailed, { if commitFailed { try $0.probe() } }, completion: finish))
  }

  /// Returns the store's state and counts. A value that cannot be read is 0. Waits for the server.
  package func statistics() -> StoreStatistics {
    var statistics = health.statistics()
    statistics.waitingWrites = queue.count
    do {
      try readers.withReader { try $0.count(into: &statistics) }
    } catch {
      // The pool has noted the error, which the next lines report.
    }
    statistics.errors.merge(readers.errorCounts, uniquingKeysWith: +)
    statistics.lastError = statistics.lastError ?? readers.recentError
    statistics.replica = replica
    statistics.connections = readers.connectionCounts
    return statistics
  }

  /// Returns the greatest identifier in use, for `IdentifierSource`; 0 in a new database.
  package func maxIdentifier() throws -> UInt128 { try readers.withReader { try $0.maxIdentifier() } }

  deinit { close() }

  /// Performs the waiting writes, rejects further ones, and ends the connections. A second call
  /// does nothing.
  package func close() {
    if isClosed.exchange(true, ordering: .acquiringAndReleasing) { return }
    standby?.close()
    readers.close()
    queue.close()
    writerThread.join()
  }
}
