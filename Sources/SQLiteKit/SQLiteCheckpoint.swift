import CSQLite

/// How a checkpoint goes about readers and writers (https://sqlite.org/c3ref/wal_checkpoint_v2.html).
package enum SQLiteCheckpointMode: Sendable {
  /// Moves what can be moved without waiting for anybody.
  case passive
  /// Waits for readers and writers, moves everything, and cuts the file to nothing.
  case truncate

  var rawValue: Int32 {
    switch self {
    case .passive: SQLITE_CHECKPOINT_PASSIVE
    case .truncate: SQLITE_CHECKPOINT_TRUNCATE
    }
  }
}

/// What a checkpoint left behind.
package struct SQLiteCheckpoint: Hashable, Sendable {
  /// Frames in the write-ahead log.
  package let logged: Int
  /// Frames of it that are in the database file.
  package let moved: Int

  /// A log of `logged` frames with `moved` of them in the database file.
  package init(logged: Int, moved: Int) {
    self.logged = logged
    self.moved = moved
  }
}

extension SQLiteConnection {
  /// Moves pages from the write-ahead log into the database file.
  @discardableResult
  package func checkpoint(_ mode: SQLiteCheckpointMode) throws(SQLiteError) -> SQLiteCheckpoint {
    var logged: Int32 = 0
    var moved: Int32 = 0
    try check(unsafe sqlite3_wal_checkpoint_v2(handle, nil, mode.rawValue, &logged, &moved), .checkpoint)
    return SQLiteCheckpoint(logged: Int(logged), moved: Int(moved))
  }
}
