import Registry
import SQLiteKit
import System

/// The maximum size of the write-ahead log. SQLite can reuse the log from its start only when no
/// process reads an older state than the last: "it is possible for the WAL file to grow without
/// bound" (https://sqlite.org/wal.html, "Avoiding Excessively Large WAL Files").
final class WALLimit {
  /// The time between two attempts to empty the log, in seconds.
  private static let attemptSeconds = 1.0
  /// The time that an attempt waits for readers: those of this server end long before.
  private static let waitMilliseconds: Int32 = 50

  private let maxPages: Int
  private var lastAttempt: Instant?

  /// A limit in bytes; 0 for none. A page in the log is preceded by a header of 24 bytes.
  init(maxBytes: Int) {
    maxPages = maxBytes == 0 ? .max : maxBytes / (4096 + 24)
  }

  /// Throws `walTooLarge` if the log has reached its maximum and cannot be emptied. The connection
  /// must not be in a transaction.
  func check(_ connection: SQLiteConnection) throws(StoreError) {
    guard connection.walPages >= maxPages else { return }
    if let lastAttempt, lastAttempt.seconds(until: .now) < Self.attemptSeconds { throw .walTooLarge }
    lastAttempt = .now
    connection.setBusyTimeout(milliseconds: Self.waitMilliseconds)
    defer { connection.setBusyTimeout(milliseconds: Connections.busyTimeoutMilliseconds) }
    do { try connection.checkpoint(.truncate) } catch { throw .walTooLarge }
  }
}
