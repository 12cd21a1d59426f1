package import System

/// The durations in seconds of all syncs of this process's databases, measured around the system
/// call by `TimedVFS`.
package enum SyncTimes {
  /// The file that is synced.
  package enum File: String, CaseIterable, Sendable {
    /// The database, by a checkpoint.
    case database
    /// The write-ahead log, by a commit or a checkpoint.
    case wal
  }

  private static let database = Locked(Histogram(Histogram.durations))
  private static let wal = Locked(Histogram(Histogram.durations))

  /// The durations by file.
  package static var all: [(file: File, times: Histogram)] {
    File.allCases.map { ($0, times(of: $0).withLock { $0 }) }
  }

  /// Records a sync that began at `start` and ends now.
  static func record(_ file: File, since start: Instant) {
    times(of: file).withLock { $0.record(start.seconds(until: .now)) }
  }

  private static func times(of file: File) -> Locked<Histogram> {
    switch file {
    case .database: database
    case .wal: wal
    }
  }
}
