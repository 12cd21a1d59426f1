import SQLiteKit
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
  private struct Progress {
    var state = PageCheckState.running
    var isStopping = false
    /// Not nil while the thread has a connection open.
    var interrupter: SQLiteInterrupter?
  }

  private let progress = Locked(Progress())
  private let thread = Locked<SystemThread?>(nil)

  /// Starts the check. Its connection maps no part of the file: an error of the disk would end the
  /// process with SIGBUS (https://sqlite.org/mmap.html).
  init(of path: String, _ observer: @escaping ErrorObserver) throws(SystemError) {
    let started = try SystemThread.start { [self] in
      SystemThread.lowerPriority()
      let found = result(path, observer)
      progress.withLock { $0.state = found }
    }
    thread.withLock { $0 = started }
  }

  /// The state of the check now.
  var current: PageCheckState { progress.withLock { $0.state } }

  /// True once damage was found.
  var hasFoundDamage: Bool {
    if case .damaged = current { return true }
    return false
  }

  /// Interrupts the check and waits for its end. A second call does nothing.
  func stop() {
    let running = thread.withLock { thread in
      defer { thread = nil }
      return thread
    }
    guard let running else { return }
    // Again and again: between two statements an interruption has no effect.
    while isRunningAfterInterruption() { SystemThread.sleep(milliseconds: 5) }
    running.join()
  }

  private func isRunningAfterInterruption() -> Bool {
    progress.withLock { progress in
      progress.isStopping = true
      progress.interrupter?.interrupt()
      return progress.state == .running
    }
  }

  private func result(_ path: String, _ observer: ErrorObserver) -> PageCheckState {
    do throws(SQLiteError) {
      let connection = try Connections.reader(path)
      progress.withLock { $0.interrupter = SQLiteInterrupter(of: connection) }
      // Before the connection closes.
      defer { progress.withLock { $0.interrupter = nil } }
      let check = PageCheck(connection: connection)
      for table in try check.tables() {
        if progress.withLock({ $0.isStopping }) { return .unfinished }
        if let finding = try check.pages(of: table) { return .damaged(finding) }
      }
      return .intact
    } catch {
      if case .interrupted = error.code { return .unfinished }
      observer(error)
      return error.code == .corrupt ? .damaged(error.description) : .unfinished
    }
  }
}
