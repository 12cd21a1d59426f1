import Registry
import SQLiteKit
import System

/// The read-only connections. A borrower has one to itself for the time of a call; there are never more than threads that
/// read at once.
final class ReaderPool: Sendable {
  private let path: String
  private let observer: FaultObserver
  private let idle = Locked<[Idle]>([])

  init(_ path: String, _ observer: @escaping FaultObserver) {
    self.path = path
    self.observer = observer
  }

  /// Runs `body` with a reader, on the caller's thread.
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
      return Idle(reader: try SQLiteReader(try Connections.reader(path), keeping: KeptReads(), observer))
    } catch {
      observer(error)
      throw StoreError(error.code)
    }
  }

  /// A reader between two borrowers. It is sent from one thread to another only through the list, whose lock orders the
  /// last use by the one before the first use by the next.
  private struct Idle: @unchecked Sendable {
    let reader: SQLiteReader
  }
}
