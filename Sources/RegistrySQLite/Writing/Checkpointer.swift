import RegistryStorage
import SQLiteKit
import Synchronization
import System

/// Runs checkpoints on a thread of its own, so that commits do not wait for them.
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

  init(
    _ connection: sending SQLiteConnection, _ health: WriteHealth, _ observer: @escaping ErrorObserver
  ) throws(SystemError) {
    let requests = try Requests()
    self.requests = requests
    thread = try SystemThread.start {
      while true {
        requests.wakeUp.waitAndClear()
        if requests.isClosed.load(ordering: .acquiring) { return }
        requests.isRequested.store(false, ordering: .releasing)
        connection.checkpointWAL(health, observer)
      }
    }
  }

  /// Requests a checkpoint; requests before it starts are merged.
  func request() {
    if !requests.isRequested.exchange(true, ordering: .acquiringAndReleasing) { requests.wakeUp.signal() }
  }

  /// Ends the thread after the checkpoint in progress.
  func close() {
    requests.isClosed.store(true, ordering: .releasing)
    requests.wakeUp.signal()
    thread.join()
  }
}

extension SQLiteConnection {
  /// Runs a passive checkpoint, unless another connection runs one: a checkpoint holds an exclusive
  /// lock, and a second one gets `SQLITE_BUSY` (https://sqlite.org/c3ref/wal_checkpoint_v2.html).
  func checkpointWAL(_ health: WriteHealth, _ observer: ErrorObserver) {
    do throws(SQLiteError) {
      try checkpoint(.passive)
      health.noteCheckpoint()
    } catch {
      if case .busy = error.code { return }
      observer(error)
    }
  }
}
