import SQLiteKit

/// The connections that the store opens, each with the settings that its work asks for.
enum Connections {
  /// How long one process waits for another one's write, such as `token create` beside a server.
  static let busyTimeoutMilliseconds: Int32 = 5_000
  /// When a commit has brought the log to this many pages, it is time to move them (SQLite's own default).
  static let checkpointPages = 1_000

  /// The one that writes.
  static func writer(_ path: String) throws(SQLiteError) -> SQLiteConnection {
    let connection = try SQLiteConnection(path: path, access: .readWrite)
    connection.setBusyTimeout(milliseconds: busyTimeoutMilliseconds)
    if connection.isReadOnly { return connection }
    guard try connection.text("PRAGMA journal_mode = WAL") == "wal" else {
      throw SQLiteError(
        code: .error, operation: .configure, message: "the file system does not allow a write-ahead log")
    }
    // "FULL synchronous is the most commonly used synchronous setting when not in WAL mode"; in WAL mode it adds the sync
    // of the log after each commit, without which a power loss takes back what was answered
    // (https://sqlite.org/pragma.html#pragma_synchronous).
    try connection.run("PRAGMA synchronous = FULL")
    try connection.run("PRAGMA foreign_keys = ON")
    try connection.run("PRAGMA temp_store = MEMORY")
    try connection.run("PRAGMA cache_size = -16000")
    _ = try connection.integer("PRAGMA journal_size_limit = 16777216")
    return connection
  }

  /// One that reads beside the writer.
  static func reader(_ path: String) throws(SQLiteError) -> SQLiteConnection {
    let connection = try SQLiteConnection(path: path, access: .readOnly)
    connection.setBusyTimeout(milliseconds: busyTimeoutMilliseconds)
    try connection.run("PRAGMA query_only = ON")
    try connection.run("PRAGMA temp_store = MEMORY")
    try connection.run("PRAGMA cache_size = -4000")
    return connection
  }
}
