import Registry
import SQLiteKit
import System

/// The read-only connections. A caller has one to itself for the length of a call, so there are at
/// most as many as threads that read at the same time.
final class ReaderPool: Sendable {
  private let path: String
  private let observer: ErrorObserver
  /// Nil once the pool is closed.
  private let idle = Locked<[Idle]?>([])
  private let failures = Locked(Failures())

  private struct Failures {
    var last: (error: StoreError, at: Instant)?
    var counts: [StoreError: Int] = [:]
  }

  /// The time for which a failed read counts, in seconds. Another read may succeed meanwhile: it
  /// may need other pages.
  static let errorSeconds = 10.0

  init(_ path: String, _ observer: @escaping ErrorObserver) {
    self.path = path
    self.observer = observer
  }

  /// Calls `body` with a reader, on the caller's thread.
  func withReader<Value>(_ body: (SQLiteReader) throws -> Value) throws -> Value {
    do {
      let reader = try idle.withLock { $0?.popLast() } ?? open()
      defer { idle.withLock { $0?.append(reader) } }
      return try body(reader.reader)
    } catch let error as StoreError {
      failures.withLock { failures in
        failures.last = (error, .now)
        failures.counts[error, default: 0] += 1
      }
      throw error
    }
  }

  /// The error of the last failed read, if it was a short time ago.
  var recentError: StoreError? {
    guard let last = failures.withLock({ $0.last }) else { return nil }
    return last.at.seconds(until: .now) < Self.errorSeconds ? last.error : nil
  }

  /// The number of failed reads by error.
  var errorCounts: [StoreError: Int] { failures.withLock { $0.counts } }

  /// Closes the idle connections, and the others when their calls return.
  func close() {
    idle.withLock { $0 = nil }
  }

  private func open() throws(StoreError) -> Idle {
    do {
      return Idle(reader: try SQLiteReader(try Connections.reader(path), cache: ReadCache(), observer))
    } catch {
      observer(error)
      throw StoreError(error)
    }
  }

  /// A reader that is not in use. It moves from one thread to another only through the list, whose
  /// lock orders the last use by one thread before the first use by the next.
  private struct Idle: @unchecked Sendable {
    let reader: SQLiteReader
  }
}
