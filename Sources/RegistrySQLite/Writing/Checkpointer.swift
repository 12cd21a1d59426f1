import SQLiteKit
import Synchronization
import System

/// Moves the log into the database file on a thread of its own, so that no commit waits for it.
struct Checkpointer {
  private let requests: Requests
  private let thread: SystemThread

  private final class Requests: Sendable {
    let wakeUp: WakeUp
    let isClosed = Atomic(false)
    let isRequested = Atomic(false)

    init() throws(SystemError) {
      wakeUp = try WakeUp()
    }
  }

  init(_ connection: sending SQLiteConnection, _ observer: @escaping FaultObserver) throws(SystemError) {
    let requests = try Requests()
    self.requests = requests
    thread = try SystemThread.start {
      while true {
        requests.wakeUp.waitAndClear()
        if requests.isClosed.load(ordering: .acquiring) { return }
        requests.isRequested.store(false, ordering: .releasing)
        connection.moveLog(observer)
      }
    }
  }

  /// Asks for a checkpoint; several requests before it has begun are one.
  func request() {
    if !requests.isRequested.exchange(true, ordering: .acquiringAndReleasing) { requests.wakeUp.signal() }
  }

  /// Ends the thread after the checkpoint that is under way.
  func close() {
    requests.isClosed.store(true, ordering: .releasing)
    requests.wakeUp.signal()
    thread.join()
  }
}

extension SQLiteConnection {
  /// Moves what can be moved into the database file, unless another connection is at it: a checkpoint holds a lock that
  /// only one can have, and the second is told `SQLITE_BUSY` (https://sqlite.org/c3ref/wal_checkpoint_v2.html).
  func moveLog(_ observer: FaultObserver) {
    do throws(SQLiteError) {
      try checkpoint(.passive)
    } catch {
      if case .busy = error.code { return }
      observer(error)
    }
  }
}
