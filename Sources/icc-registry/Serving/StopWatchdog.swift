import Glibc
import System

/// Ends the process if stopping takes too long: a disk that does not respond can hold a sync, and
/// with it the stop, for ever.
struct StopWatchdog {
  /// Returns the time that a stop may take: `drainSeconds`, and five seconds for storing the last
  /// data and closing the database.
  static func limitSeconds(_ drainSeconds: Int) -> Int { drainSeconds + 5 }

  private let stopped: WakeUp
  private let step = Locked("connections")

  /// Starts to wait. Nil if the system has no thread or descriptor left for it.
  init?(drainSeconds: Int, log: Log) {
    guard let stopped = try? WakeUp() else { return nil }
    self.stopped = stopped
    let limit = Int32(clamping: Self.limitSeconds(drainSeconds) * 1000)
    do {
      try SystemThread.detach { [step] in
        if stopped.wait(milliseconds: limit) { return }
        log.event(.error, "stop-timeout") { $0.field("unfinished", step.withLock { $0 }) }
        log.close()
        _exit(CommandFailure.Code.failed.rawValue)
      }
    } catch {
      return nil
    }
  }

  /// Names the step that begins now, for the log.
  func enter(_ name: String) { step.withLock { $0 = name } }

  /// Ends the wait.
  func stop() { stopped.signal() }
}
