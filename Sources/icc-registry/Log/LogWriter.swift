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
    while let dropped = queue.take(&batch) {
      if dropped > 0 {
        var line = LogLine(.warning, "log-lines-dropped", at: .now, asJSON: asJSON)
        line.field("count", dropped)
        line.finished { line in
          for index in line.indices { batch.append(line[index]) }
        }
      }
      write(batch)
      batch.removeAll(keepingCapacity: batch.capacity < 1 << 18)
      usleep(Self.gatheringMicroseconds)
    }
    queue.finish()
  }

  /// A log that is no longer read (`EPIPE`) is not a reason to stop serving.
  private func write(_ bytes: [UInt8]) {
    try? Descriptor.write(bytes, to: descriptor)
  }
}
