import SQLiteKit
import System

/// The store's connections and their settings.
enum Connections {
  /// The time that one process waits for another's write, such as `token create` while a server
  /// runs.
  static let busyTimeoutMilliseconds: Int32 = 5_000
  /// The number of WAL pages at which a checkpoint is due (SQLite's default).
  static let checkpointPages = 1_000

  /// Opens a connection that writes.
  static func writer(_ path: String) throws(SQLiteError) -> SQLiteConnection {
    let connection = try readWrite(path)
    try prepareForWrites(connection)
    return connection
  }

  /// Opens a connection for writes without a change to the file.
  static func readWrite(_ path: String) throws(SQLiteError) -> SQLiteConnection {
    let connection = try SQLiteConnection(path: path, access: .readWrite)
    connection.setBusyTimeout(milliseconds: busyTimeoutMilliseconds)
    return connection
  }

  /// Makes the file use a write-ahead log, and sets how the connection writes.
  static func prepareForWrites(_ connection: SQLiteConnection) throws(SQLiteError) {
    guard try connection.text("PRAGMA journal_mode = WAL") == "wal" else {
      throw SQLiteError(
        code: .error, operation: .configure, message: "the file system does not allow a write-ahead log")
    }
    // In WAL mode FULL adds a sync of the WAL after each commit, without which a power loss can
    // undo acknowledged writes (https://sqlite.org/pragma.html#pragma_synchronous).
    try connection.run("PRAGMA synchronous = FULL")
    try connection.run("PRAGMA foreign_keys = ON")
    // A savepoint keeps the former pages of what it changes: many of them go to a file, not memory.
    try connection.run("PRAGMA temp_store = FILE")
    try connection.run("PRAGMA cache_size = -16000")
    _ = try connection.integer("PRAGMA journal_size_limit = 16777216")
  }

  /// Opens a connection for a command that only reads. If it is the last one to close, it removes
  /// the WAL and its index, which a read-only connection leaves; but it keeps a WAL with commits,
  /// because it must not change the database.
  static func examiner(_ files: DatabaseFiles) throws(SQLiteError) -> SQLiteConnection {
    let hasCommits = (File.size(files.wal) ?? 0) > 0
    // SQLite opens a file read-only if this user must not write to it.
    let connection = try readWrite(files.database)
    if hasCommits { connection.keepWALOnClose() }
    try connection.run("PRAGMA query_only = ON")
    return connection
  }

  /// Opens a connection that reads while another writes.
  static func reader(_ path: String) throws(SQLiteError) -> SQLiteConnection {
    let connection = try SQLiteConnection(path: path, access: .readOnly)
    connection.setBusyTimeout(milliseconds: busyTimeoutMilliseconds)
    try connection.run("PRAGMA query_only = ON")
    try connection.run("PRAGMA temp_store = MEMORY")
    try connection.run("PRAGMA cache_size = -4000")
    return connection
  }
}
