import System

/// Lines between those who log and the one who writes. It is bounded: where the reader of standard
/// error blocks, lines are dropped and counted, and the server keeps serving.
final class LogQueue: Sendable {
  /// Several seconds of requests at full load.
  static let capacity = 4 << 20

  private struct Pending {
    var bytes: [UInt8] = []
    var dropped = 0
    var isClosed = false
  }

  private let pending = Locked(Pending())
  /// The lines that were lost since the start, here and by the writer.
  let lost = LostLines()
  private let filled: WakeUp
  private let finished: WakeUp

  init() throws(SystemError) {
    filled = try WakeUp()
    finished = try WakeUp()
  }

  /// Adds a line, or counts it as dropped. The writer is woken by the first line that finds the
  /// queue empty.
  func append(_ line: Span<UInt8>) {
    let isFirst = pending.withLock { pending in
      guard !pending.isClosed else { return false }
      guard pending.bytes.count + line.count <= Self.capacity else {
        pending.dropped += 1
        lost.count(1, .queueFull)
        return false
      }
      unsafe line.withUnsafeBufferPointer { unsafe pending.bytes.append(contentsOf: $0) }
      return pending.bytes.count == line.count
    }
    if isFirst { filled.signal() }
  }

  /// Waits for lines and swaps them for the emptied `batch`. Nil at the end, else how many were
  /// dropped since the last time.
  func take(_ batch: inout [UInt8]) -> Int? {
    filled.waitAndClear()
    return pending.withLock { pending in
      swap(&pending.bytes, &batch)
      // The wake-up may have been cleared for the last line and the close at once; the writer comes
      // back for the end.
      if pending.isClosed { filled.signal() }
      defer { pending.dropped = 0 }
      return batch.isEmpty && pending.isClosed ? nil : pending.dropped
    }
  }

  /// The writer has written everything after the close.
  func finish() { finished.signal() }

  /// Takes no more lines and waits for the writer; false if it was not done in time.
  func close(waitingMilliseconds: Int32) -> Bool {
    pending.withLock { $0.isClosed = true }
    filled.signal()
    return finished.wait(milliseconds: waitingMilliseconds)
  }
}
