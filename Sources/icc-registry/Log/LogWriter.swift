import Glibc
import System

/// Writes what the queue holds, batch by batch, on a thread of its own.
struct LogWriter: Sendable {
  /// The time that lines gather after a batch: under load one wake-up and one write serve hundreds
  /// of requests.
  private static let gatheringMicroseconds: UInt32 = 20_000

  let queue: LogQueue
  let descriptor: Int32
  let asJSON: Bool

  /// Starts the thread.
  func start() throws(SystemError) {
    try SystemThread.detach { run() }
  }

  private func run() {
    var batch: [UInt8] = []
    var unwritten = Unwritten()
    while let dropped = queue.take(&batch) {
      if dropped > 0 { batch += notice(dropped, .queueFull) }
      write(batch, &unwritten)
      batch.removeAll(keepingCapacity: batch.capacity < 1 << 18)
      usleep(Self.gatheringMicroseconds)
    }
    queue.finish()
  }

  /// The lines that a failed write has lost and that the log does not mention yet.
  private struct Unwritten {
    var lines = 0
    /// True if the log ends within a line.
    var endsWithinLine = false
  }

  /// Writes the batch. If the log is full or not read (`EPIPE`), the server keeps serving: the
  /// lines are counted, and the next write that succeeds begins with their number.
  private func write(_ batch: [UInt8], _ unwritten: inout Unwritten) {
    guard !batch.isEmpty else { return }
    let front =
      unwritten.lines > 0 ? (unwritten.endsWithinLine ? [0x0A] : []) + notice(unwritten.lines, .writeFailed) : []
    let bytes = front + batch
    let written = Descriptor.writePrefix(of: bytes, to: descriptor)
    if written >= front.count { unwritten = Unwritten() }
    guard written < bytes.count else { return }
    let lost = bytes[max(written, front.count)...].count { $0 == 0x0A }
    queue.lost.count(lost, .writeFailed)
    unwritten.lines += lost
    if written > 0 { unwritten.endsWithinLine = bytes[written - 1] != 0x0A }
  }

  private func notice(_ lines: Int, _ reason: LostLines.Reason) -> [UInt8] {
    var line = LogLine(.warning, "log-lines-dropped", at: .now, asJSON: asJSON)
    line.field("count", lines)
    line.field("reason", reason.rawValue)
    return line.finished { line in line.indices.map { line[$0] } }
  }
}
