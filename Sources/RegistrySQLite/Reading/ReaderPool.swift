import Registry
import SQLiteKit
import System

/// The read-only connections. A caller has one to itself for the length of a call, so there are at
/// most as many as threads that read at the same time.
final class ReaderPool: Sendable {
  private let path: String
  private let observer: ErrorObserver
  private let idle = Locked<[Idle]>([])

  init(_ path: String, _ observer: @escaping ErrorObserver) {
    self.path = path
    self.observer = observer
  }

  /// Calls `body` with a reader, on the caller's thread.
  func withReader<Value>(_ body: (SQLiteReader) throws -> Value) throws -> Value {
    let reader = try idle.withLock { $0.popLast() } ?? open()
    defer { idle.withLock { $0.append(reader) } }
    return try body(reader.reader)
  }

  /// Closes the idle connections.
  func close() {
    idle.withLock { $0.removeAll() }
  }

  private func open() throws(StoreError) -> Idle {
    do {
      return Idle(reader: try SQLiteReader(try Connections.reader(path), cache: ReadCache(), observer))
    } catch {
      observer(error)
      throw StoreError(error.code)
    }
  }

  /// A reader that is not in use. It moves from one thread to another only through the list, whose
  /// lock orders the last use by one thread before the first use by the next.
  private struct Idle: @unchecked Sendable {
    let reader: SQLiteReader
  }
}
