import Glibc
import Registry
import Synchronization
import System

/// The program's log, on standard error. Writing an event costs the caller the formatting and a
/// lock held for a copy: a thread of its own does what can block.
final class Log: Sendable {
  private let threshold: Atomic<Int>
  private let asJSON: Bool
  private let queue: LogQueue
  private let now: @Sendable () -> Timestamp
  private let file: LogFile?

  /// A log on a descriptor, which stays open.
  init(
    level: LogLevel, format: LogFormat, descriptor: Int32 = STDERR_FILENO,
    now: @escaping @Sendable () -> Timestamp = { .now }
  ) throws(SystemError) {
    threshold = Atomic(level.rank)
    self.now = now
    asJSON = format == .json || (format == .auto && isatty(descriptor) == 0)
    file = LogFile(descriptor: descriptor)
    queue = try LogQueue()
    let writer = LogWriter(queue: queue, descriptor: descriptor, asJSON: asJSON)
    try writer.start()
  }

  /// The minimum level to log.
  var level: LogLevel { LogLevel.allCases[threshold.load(ordering: .relaxed)] }

  /// Changes the minimum level to log.
  func setLevel(_ level: LogLevel) { threshold.store(level.rank, ordering: .relaxed) }

  /// True if events of a level are logged.
  func isOn(_ level: LogLevel) -> Bool {
    let threshold = threshold.load(ordering: .relaxed)
    return level.rank >= threshold && threshold != LogLevel.off.rank
  }

  /// Logs an event; `fill` adds its fields.
  func event(_ level: LogLevel, _ name: StaticString, _ fill: (inout LogLine) -> Void = { _ in }) {
    guard isOn(level) else { return }
    var line = LogLine(level, name, at: now(), asJSON: asJSON)
    fill(&line)
    line.finished { queue.append($0) }
  }

  /// Opens the log's file again, which another program has moved or removed. A log on a terminal or
  /// in a pipe stays as it is.
  func reopen() {
    guard let file else { return }
    do {
      try file.reopen()
      event(.info, "log-reopened")
    } catch {
      event(.error, "log-not-reopened") { $0.field("message", error.message) }
    }
  }

  /// The lines that were lost since the start.
  var lostLines: LostLines { queue.lost }

  /// Takes no more lines, and waits until those that were taken are written; false if they were not
  /// after two seconds.
  @discardableResult
  func close() -> Bool { queue.close(waitingMilliseconds: 2000) }
}
