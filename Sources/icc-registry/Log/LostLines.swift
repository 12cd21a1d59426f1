import Synchronization

/// The numbers of log lines that were lost since the start, by reason.
final class LostLines: Sendable {
  /// The reason why a line was lost.
  enum Reason: String, CaseIterable {
    /// Standard error was not read, and the queue was full.
    case queueFull = "queue-full"
    /// A write failed, for example because the disk was full.
    case writeFailed = "write-failed"
  }

  private let queueFull = Atomic<Int>(0)
  private let writeFailed = Atomic<Int>(0)

  /// The number of lines lost for a reason.
  subscript(reason: Reason) -> Int {
    switch reason {
    case .queueFull: queueFull.load(ordering: .relaxed)
    case .writeFailed: writeFailed.load(ordering: .relaxed)
    }
  }

  /// Adds lost lines.
  func count(_ lines: Int, _ reason: Reason) {
    switch reason {
    case .queueFull: queueFull.add(lines, ordering: .relaxed)
    case .writeFailed: writeFailed.add(lines, ordering: .relaxed)
    }
  }
}
