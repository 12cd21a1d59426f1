import PostgreSQLKit
import Registry
import System

/// The connections of the readers. A caller has one to itself for the length of a call.
final class ReaderPool: Sendable {
  /// The maximum number of connections. PostgreSQL accepts 100 from all instances by default.
  static let maxConnections = 16
  /// The time for which a failed read counts, in seconds.
  static let errorSeconds = 10.0

  private struct State {
    /// Nil once the pool is closed.
    var idle: [Idle]? = []
    var open = 0
    var lastError: (error: StoreError, at: Instant)?
    var errors: [StoreError: Int] = [:]
  }

  private let connect: Connect
  private let replacesLost: Bool
  private let observer: ErrorObserver
  private let state = Locked(State())

  /// Opens a connection for a reader.
  typealias Connect = @Sendable () throws(PostgreSQLError) -> PostgreSQLConnection

  /// An empty pool. `replacesLost` tells it to go on with another connection where an idle one has
  /// failed before its use. Each can take its time limit to fail.
  init(_ observer: @escaping ErrorObserver, replacesLost: Bool, connect: @escaping Connect) {
    (self.connect, self.observer, self.replacesLost) = (connect, observer, replacesLost)
  }

  /// Calls `body` with a reader that shows one snapshot, on the caller's thread. Throws
  /// `overloaded` if all connections are in use.
  func withReader<Value>(_ body: (PostgreSQLReader) throws -> Value) throws -> Value {
    try use(begin: { (reader) throws(StoreError) in try reader.beginSnapshot() }) { reader, _ in
      try reader.snapshot(body)
    }
  }

  /// Calls `body` with a reader and with the result of `begin`, which must only do what can be
  /// repeated on another connection. Throws `overloaded` if all connections are in use.
  func use<First, Value>(
    begin: (PostgreSQLReader) throws(StoreError) -> First, _ body: (PostgreSQLReader, First) throws -> Value
  ) throws -> Value {
    do {
      let (reader, first) = try begun(begin)
      defer { giveBack(reader) }
      return try body(reader, first)
    } catch let error as StoreError {
      state.withLock { state in
        state.lastError = (error, .now)
        state.errors[error, default: 0] += 1
      }
      throw error
    }
  }

  /// The error of the last failed read, if it was a short time ago.
  var recentError: StoreError? {
    guard let last = state.withLock({ $0.lastError }) else { return nil }
    return last.at.seconds(until: .now) < Self.errorSeconds ? last.error : nil
  }

  /// The number of failed reads by error.
  var errorCounts: [StoreError: Int] { state.withLock { $0.errors } }

  /// The readers' connections by state.
  var connectionCounts: StoreStatistics.Connections {
    state.withLock { state in
      let idle = state.idle?.count ?? 0
      return StoreStatistics.Connections(idle: idle, inUse: state.open - idle, max: Self.maxConnections)
    }
  }

  /// Closes the idle connections, and the others when their calls return.
  func close() {
    state.withLock { state in
      state.open -= state.idle?.count ?? 0
      state.idle = nil
    }
  }

  /// Closes the idle connections.
  func closeIdle() {
    state.withLock { state in
      guard let idle = state.idle else { return }
      state.open -= idle.count
      state.idle = []
    }
  }

  /// Returns a reader and the result of `begin` on it. The server may have ended the idle
  /// connections: that shows at their next use, and then a new one is opened.
  private func begun<First>(
    _ begin: (PostgreSQLReader) throws(StoreError) -> First
  ) throws(StoreError) -> (PostgreSQLReader, First) {
    while let reader = try idle() {
      do {
        return (reader, try begin(reader))
      } catch {
        let isOpen = reader.connection.isOpen
        giveBack(reader)
        if isOpen || !replacesLost { throw error }
      }
    }
    let reader = try open()
    do {
      return (reader, try begin(reader))
    } catch {
      giveBack(reader)
      throw error
    }
  }

  /// Takes an idle reader; nil if there is none. Throws `closed` once the pool is closed.
  private func idle() throws(StoreError) -> PostgreSQLReader? {
    try state.withLock { (state) throws(StoreError) in
      guard state.idle != nil else { throw StoreError.closed }
      return state.idle?.popLast()
    }?.reader
  }

  private func open() throws(StoreError) -> PostgreSQLReader {
    try state.withLock { (state) throws(StoreError) in
      guard state.open < Self.maxConnections else { throw StoreError.overloaded }
      state.open += 1
    }
    do {
      return PostgreSQLReader(try connect(), observer)
    } catch {
      state.withLock { $0.open -= 1 }
      observer(error)
      throw StoreError(error)
    }
  }

  private func giveBack(_ reader: PostgreSQLReader) {
    let idle = Idle(reader: reader)
    state.withLock { state in
      if state.idle != nil, idle.reader.connection.isOpen {
        state.idle?.append(idle)
      } else {
        state.open -= 1
      }
    }
  }

  /// A reader that is not in use. It moves from one thread to another only through the list, whose
  /// lock orders the last use by one thread before the first use by the next.
  private struct Idle: @unchecked Sendable {
    let reader: PostgreSQLReader
  }
}
