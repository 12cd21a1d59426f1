import PostgreSQLKit
import Registry
import System

/// Reads from a standby that are as fresh as reads from the primary.
///
/// Before each read, the primary is asked for the end of its WAL. The standby answers only if it
/// has replayed the WAL up to there. So a read shows each write that was acknowledged before it
/// began, by whichever instance, and each revoked token. The primary answers all other reads, and
/// those that fail on the standby.
final class StandbyReads: Sendable {
  /// The time between two checks of the standby.
  private static let checkMilliseconds: Int32 = 1_000

  private struct State {
    var status = ReplicaStatus()
    var isChecked = false
  }

  private let primary: ReaderPool
  private let pool: ReaderPool
  private let state: Locked<State>
  private let stopping: WakeUp
  private let thread: Locked<SystemThread?>

  /// Reads from a standby of the server that `connections` opens. Throws if it belongs to another
  /// cluster; one that is unreachable is used once it is there.
  init(
    _ address: PostgreSQLAddress, of connections: Connections, _ primary: ReaderPool,
    _ observer: @escaping ErrorObserver
  ) throws(PostgreSQLOpeningError) {
    let cluster = try Self.cluster(connections, address)
    let state = Locked(State())
    (self.primary, self.state, thread) = (primary, state, Locked(nil))
    let standbys = Connections(address: address)
    // An unreachable standby is checked each second: only the first error is reported.
    let first: ErrorObserver = { error in
      if state.withLock({ !$0.isChecked || $0.status.state == .inUse }) { observer(error) }
    }
    pool = ReaderPool(first, replacesLost: false) { () throws(PostgreSQLError) in
      try standbys.standbyReader(of: cluster)
    }
    do {
      stopping = try WakeUp()
      check(since: nil)
      let started = try SystemThread.start { [self] in watch() }
      thread.withLock { $0 = started }
    } catch {
      throw .failed(address, PostgreSQLError(.outOfResources, error.description))
    }
  }

  /// Returns the identifier of the primary's cluster. Throws if the standby has another one, or if
  /// its state may not be read.
  private static func cluster(
    _ connections: Connections, _ replica: PostgreSQLAddress
  ) throws(PostgreSQLOpeningError) -> String {
    let identifier: String
    do throws(PostgreSQLError) {
      let connection = try connections.reader()
      guard try connection.canReadReplication() else { throw PostgreSQLError(.notPermitted, "") }
      identifier = try connection.systemIdentifier() ?? ""
    } catch {
      throw error.state == .notPermitted ? .stateNotReadable(connections.address) : .failed(connections.address, error)
    }
    // A standby that cannot be reached now is checked again later.
    if let found = try? Connections(address: replica).clusterIdentifier(), found != identifier {
      throw .anotherCluster(replica)
    }
    return identifier
  }

  /// The state at the last check, and the counts.
  var status: ReplicaStatus { state.withLock { $0.status } }

  /// Returns the result of `body` on a snapshot that shows all acknowledged writes; nil if the
  /// standby cannot show them now, or has failed. Then the primary must answer.
  func read<Value>(_ body: (PostgreSQLReader) throws -> Value) throws -> Value? {
    guard status.state == .inUse, let position = try primaryPosition() else { return nil }
    do {
      let value = try pool.use(begin: { (reader) throws(StoreError) in
        try reader.beginSnapshot(showing: position)
      }) { reader, isShown in isShown ? try reader.snapshot(body) : nil }
      count(isAnswered: value != nil)
      return value
    } catch let error as StoreError {
      if error == .unreachable { leave() }
      count(isAnswered: false)
      return nil
    }
  }

  /// Sends no more reads to the standby until the next check. The other connections have probably
  /// failed too.
  private func leave() {
    state.withLock { state in
      state.status.state = .unreachable
      state.status.lagBytes = nil
    }
    pool.closeIdle()
  }

  private func count(isAnswered: Bool) {
    state.withLock { if isAnswered { $0.status.reads += 1 } else { $0.status.fallbacks += 1 } }
  }

  private func primaryPosition() throws -> WALPosition? {
    try primary.use(begin: { (reader) throws(StoreError) in try reader.walPosition() }) { _, position in position }
  }

  /// Checks the standby each second.
  private func watch() {
    var former: WALPosition?
    while !stopping.wait(milliseconds: Self.checkMilliseconds) {
      former = check(since: former)
    }
  }

  /// Checks the standby and returns the primary's position. The standby is lagging if it has not
  /// replayed the position of the check before.
  @discardableResult
  private func check(since former: WALPosition?) -> WALPosition? {
    guard let position = try? primaryPosition() else { return former }
    let (found, lag) = examine(position, former ?? position)
    if lag == nil || found == .notFollowing { pool.closeIdle() }
    state.withLock { state in
      state.isChecked = true
      state.status.state = found
      state.status.lagBytes = lag
    }
    return position
  }

  private func examine(_ position: WALPosition, _ former: WALPosition) -> (ReplicaStatus.State, Int64?) {
    do {
      let now = try standby(at: position)
      let missing = try standby(at: former).missingBytes
      let followed: ReplicaStatus.State = missing > 0 ? .lagging : .inUse
      return (now.isFollowing ? followed : .notFollowing, max(0, now.missingBytes))
    } catch {
      return (.unreachable, nil)
    }
  }

  private func standby(at position: WALPosition) throws -> StandbyPosition {
    try pool.use(begin: { (reader) throws(StoreError) in try reader.standbyPosition(at: position) }) { reader, found in
      if !found.isFollowing { reader.connection.close() }
      return found
    }
  }

  /// Ends the checks and the connections.
  func close() {
    stopping.signal()
    thread.withLock { thread in
      thread?.join()
      thread = nil
    }
    pool.close()
  }
}
