import CSQLite

/// The mode of a checkpoint (https://sqlite.org/c3ref/wal_checkpoint_v2.html).
package enum SQLiteCheckpointMode: Sendable {
  /// Copies the frames that can be copied without waiting for a reader or writer.
  case passive
  /// Waits for readers and writers, copies all frames, and truncates the WAL to zero bytes.
  case truncate

  var rawValue: Int32 {
    switch self {
    case .passive: SQLITE_CHECKPOINT_PASSIVE
    case .truncate: SQLITE_CHECKPOINT_TRUNCATE
    }
  }
}

/// The result of a checkpoint.
package struct SQLiteCheckpoint: Hashable, Sendable {
  /// The number of frames in the WAL.
  package let walFrames: Int
  /// The number of those frames that are in the database file.
  package let copiedFrames: Int

  /// Creates a result.
  package init(walFrames: Int, copiedFrames: Int) {
    self.walFrames = walFrames
    self.copiedFrames = copiedFrames
  }
}

extension SQLiteConnection {
  /// Copies pages from the WAL into the database file.
  @discardableResult
  package func checkpoint(_ mode: SQLiteCheckpointMode) throws(SQLiteError) -> SQLiteCheckpoint {
    var walFrames: Int32 = 0
    var copiedFrames: Int32 = 0
    try check(unsafe sqlite3_wal_checkpoint_v2(handle, nil, mode.rawValue, &walFrames, &copiedFrames), .checkpoint)
    wal?.pages = Int(walFrames)
    return SQLiteCheckpoint(walFrames: Int(walFrames), copiedFrames: Int(copiedFrames))
  }
}
