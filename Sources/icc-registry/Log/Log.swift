import Glibc
import Registry
import System

/// The program's log, on standard error. Writing an event costs the caller the formatting and a
/// lock held for a copy: a thread of its own does what can block.
final class Log: Sendable {
  /// The least urgent level that is logged.
  let level: LogLevel
  private let asJSON: Bool
  private let queue: LogQueue
  private let now: @Sendable () -> Timestamp
  private let file: LogFile?

  /// A log on a descriptor, which stays open.
  init(
    level: LogLevel, format: LogFormat, descriptor: Int32 = STDERR_FILENO,
    now: @escaping @Sendable () -> Timestamp = { .now }
  ) throws(SystemError) {
    self.level = level
    self.now = now
    asJSON = format == .json || (format == .auto && isatty(descriptor) == 0)
    file = LogFile(descriptor: descriptor)
    queue = try LogQueue()
    let writer = LogWriter(queue: queue, descriptor: descriptor, asJSON: asJSON)
    try writer.start()
  }

  /// True if events of a level are logged.
  func isOn(_ level: LogLevel) -> Bool { level >= self.level && self.level != .off }

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
    do {
      try file?.reopen()
      event(.info, "log-reopened")
    } catch {
      event(.error, "log-not-reopened") { $0.field("message", error.message) }
    }
  }

  /// The number of lines that found no room.
  var droppedLines: Int { queue.droppedLines }

  /// Takes no more lines, and waits until those that were taken are written; false if they were not
  /// after two seconds.
  @discardableResult
  func close() -> Bool { queue.close(waitingMilliseconds: 2000) }
}
