import SQLiteKit
import System

/// The rate of a copy and the function that learns of its progress.
package struct BackupPace: Sendable {
  /// The pages between two calls: 256 KiB, so that a slow rate is kept evenly.
  static let pagesPerStep: Int32 = 64

  private let maxBytesPerSecond: Int?
  private let progress: @Sendable (_ copiedBytes: Int, _ totalBytes: Int) -> Void

  /// A pace. `progress` is called after each step with the bytes copied so far and the bytes of the
  /// database; nil means no limit of the rate.
  package init(
    maxBytesPerSecond: Int? = nil,
    progress: @escaping @Sendable (_ copiedBytes: Int, _ totalBytes: Int) -> Void = { _, _ in }
  ) {
    self.maxBytesPerSecond = maxBytesPerSecond
    self.progress = progress
  }

  /// Begins a copy; returns the function that is called after each step, which sleeps as long as
  /// the rate requires.
  func start(pageSize: Int) -> (SQLiteBackupProgress) -> Void {
    let began = Instant.now
    return { [self] step in
      let copied = step.copiedPages * pageSize
      progress(copied, step.totalPages * pageSize)
      guard let maxBytesPerSecond, step.copiedPages < step.totalPages else { return }
      let due = began.advanced(milliseconds: copied * 1000 / maxBytesPerSecond)
      SystemThread.sleep(milliseconds: Instant.now.milliseconds(until: due))
    }
  }
}
