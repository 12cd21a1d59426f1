import SQLiteKit
import Synchronization
import System

/// The state of the check of a large database's pages.
package enum PageCheckState: Equatable, Sendable {
  /// The check has not finished.
  case running
  /// Nothing is wrong.
  case intact
  /// Something is wrong: one line.
  case damaged(String)
  /// The check could not be finished: the server stops, or the disk failed.
  case unfinished
}

/// The check of a large database's pages, on a thread of its own while the server serves.
final class BackgroundCheck: Sendable {
  private let state = Locked(PageCheckState.running)
  private let isStopping = Atomic(false)
  private let thread = Locked<SystemThread?>(nil)

  /// Starts the check. Its connection maps no part of the file: an error of the disk would end the
  /// process with SIGBUS (https://sqlite.org/mmap.html).
  init(of path: String, _ observer: @escaping ErrorObserver) throws(SystemError) {
    let started = try SystemThread.start { [self] in
      SystemThread.lowerPriority()
      let found = result(path, observer)
      state.withLock { $0 = found }
    }
    thread.withLock { $0 = started }
  }

  /// The state of the check now.
  var current: PageCheckState { state.withLock { $0 } }

  /// True once damage was found.
  var hasFoundDamage: Bool {
    if case .damaged = current { return true }
    return false
  }

  /// Interrupts the check and waits for its end. A second call does nothing.
  func stop() {
    isStopping.store(true, ordering: .releasing)
    let running = thread.withLock { thread in
      defer { thread = nil }
      return thread
    }
    running?.join()
  }

  private func result(_ path: String, _ observer: ErrorObserver) -> PageCheckState {
    do throws(SQLiteError) {
      let connection = try Connections.reader(path)
      let finding = try connection.interrupted(when: { [self] in isStopping.load(ordering: .acquiring) }) {
        () throws(SQLiteError) in try PageCheck(connection: connection).tableByTable()
      }
      return finding.map { .damaged($0) } ?? .intact
    } catch {
      if case .interrupted = error.code { return .unfinished }
      observer(error)
      return error.code == .corrupt ? .damaged(error.description) : .unfinished
    }
  }
}
