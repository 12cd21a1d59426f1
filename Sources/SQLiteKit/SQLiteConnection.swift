import CSQLite
import System

/// One connection to a database, with its prepared statements.
///
/// A connection is opened with `SQLITE_OPEN_NOMUTEX`: "The new database connection will use the
/// "multi-thread" threading mode" (https://sqlite.org/c3ref/open.html), which allows one thread at
/// a time. The class is not `Sendable`, so the compiler keeps it with one owner.
@safe package final class SQLiteConnection {
  /// The access to the file.
  package enum Access: Sendable {
    /// Read only. In WAL mode the `-shm` file is still written, unless it exists and is current.
    case readOnly
    /// Read and write an existing file.
    case readWrite
    /// Read and write; the file is created with mode 0600 if it does not exist.
    case create
  }

  let handle: OpaquePointer
  private var statements: [SQL: SQLiteStatement] = [:]
  private(set) var wal: WALObserver?
  private static let configured = (csqlite_leave_memory_statistics_off(), csqlite_spill_statement_journals())

  /// Opens the file at `path`, which is never interpreted as a URI.
  package init(path: String, access: Access) throws(SQLiteError) {
    _ = Self.configured
    var opened: OpaquePointer?
    if access == .create { try Self.makePrivateFile(at: path) }
    let code = unsafe sqlite3_open_v2(path, &opened, Self.flags(access), TimedVFS.name)
    guard code == SQLITE_OK, let opened = unsafe opened else {
      let error = unsafe SQLiteError(of: opened, code, .open)
      unsafe sqlite3_close_v2(opened)
      throw error
    }
    unsafe handle = opened
    unsafe sqlite3_extended_result_codes(handle, 1)
    try defend()
  }

  deinit {
    // A zombie connection closes when its last statement is finalized:
    // https://sqlite.org/c3ref/close.html
    unsafe sqlite3_close_v2(handle)
  }

  /// Returns the statement with this text, prepared once per connection, reset and without
  /// parameters.
  package func statement(_ sql: SQL) throws(SQLiteError) -> SQLiteStatement {
    if let known = statements[sql] {
      known.reset()
      return known
    }
    let made = try prepare(sql)
    statements[sql] = made
    return made
  }

  /// Returns a new statement, for a caller that keeps it.
  package func prepare(_ sql: SQL) throws(SQLiteError) -> SQLiteStatement {
    var prepared: OpaquePointer?
    let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
    let code = unsafe sqlite3_prepare_v3(handle, sql.text, -1, flags, &prepared, nil)
    guard code == SQLITE_OK, let prepared = unsafe prepared else {
      throw failure(code == SQLITE_OK ? SQLITE_MISUSE : code, .prepare, sql: sql.text)
    }
    return unsafe SQLiteStatement(taking: prepared)
  }

  /// Sets the time to wait for another connection's lock before `SQLITE_BUSY`.
  package func setBusyTimeout(milliseconds: Int32) {
    unsafe sqlite3_busy_timeout(handle, milliseconds)
  }

  /// Lets a statement change the texts of the schema, once `PRAGMA writable_schema` is on, or not
  /// any more (https://sqlite.org/c3ref/c_dbconfig_defensive.html#sqlitedbconfigdefensive).
  package func allowSchemaTexts(_ isAllowed: Bool) throws(SQLiteError) {
    try check(unsafe csqlite_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, isAllowed ? 0 : 1), .configure)
  }

  /// The number of rows that the last `INSERT`, `UPDATE` or `DELETE` changed.
  package var changes: Int64 { unsafe sqlite3_changes64(handle) }

  /// The rowid of the last row inserted.
  package var lastInsertedRow: Int64 { unsafe sqlite3_last_insert_rowid(handle) }

  /// Starts counting `walPages` and `commits`. This ends SQLite's automatic checkpoints, because
  /// both use the same hook (https://sqlite.org/c3ref/wal_hook.html).
  package func countWALPages() {
    wal = unsafe WALObserver(handle)
  }

  /// The number of pages in the WAL after this connection's last commit or checkpoint; 0 before the
  /// first.
  package var walPages: Int { wal?.pages ?? 0 }

  /// The number of commits that wrote something.
  package var commits: Int { wal?.commits ?? 0 }

  /// Leaves the WAL as it is when this connection closes, also if it is the last one
  /// (https://sqlite.org/c3ref/c_dbconfig_defensive.html#sqlitedbconfignockptonclose).
  package func keepWALOnClose() {
    _ = unsafe csqlite_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
  }

  /// True if a transaction is open. After some errors SQLite has already rolled it back
  /// (https://sqlite.org/lang_transaction.html section 3).
  package var isInTransaction: Bool { unsafe sqlite3_get_autocommit(handle) == 0 }

  /// True if the file or its file system is read-only. SQLite opens such a file for writing without
  /// an error (https://sqlite.org/c3ref/db_readonly.html).
  package var isReadOnly: Bool { unsafe sqlite3_db_readonly(handle, "main") == 1 }

  func check(_ code: Int32, _ operation: SQLiteError.Operation, sql: String? = nil) throws(SQLiteError) {
    if code != SQLITE_OK { throw failure(code, operation, sql: sql) }
  }

  func failure(_ code: Int32, _ operation: SQLiteError.Operation, sql: String? = nil) -> SQLiteError {
    unsafe SQLiteError(of: handle, code, operation, sql: sql)
  }

  private static func flags(_ access: Access) -> Int32 {
    let common = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    return switch access {
    case .readOnly: common | SQLITE_OPEN_READONLY
    case .readWrite, .create: common | SQLITE_OPEN_READWRITE
    }
  }

  /// SQLite gives the `-wal` and `-shm` files the mode of the database file, so that mode must be
  /// right.
  private static func makePrivateFile(at path: String) throws(SQLiteError) {
    do {
      try File.createPrivate(path)
    } catch {
      throw SQLiteError(code: .cannotOpen, operation: .open, message: error.message)
    }
  }

  /// Applies SQLite's recommendations for files that may have been tampered with:
  /// https://sqlite.org/security.html
  private func defend() throws(SQLiteError) {
    for (option, on) in [
      (SQLITE_DBCONFIG_DEFENSIVE, 1), (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0), (SQLITE_DBCONFIG_DQS_DML, 0),
      (SQLITE_DBCONFIG_DQS_DDL, 0),
    ] {
      try check(unsafe csqlite_db_config(handle, option, Int32(on)), .configure)
    }
    unsafe sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0)
    try run("PRAGMA cell_size_check = ON")
  }
}
