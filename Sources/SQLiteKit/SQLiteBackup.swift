import CSQLite

/// The state of a backup after a step.
package struct SQLiteBackupProgress: Sendable {
  /// The number of pages copied so far.
  package let copiedPages: Int
  /// The number of pages of the database.
  package let totalPages: Int
}

extension SQLiteConnection {
  /// Copies this whole database over `destination`, step by step, and calls `progress` after each
  /// step (https://sqlite.org/backup.html).
  ///
  /// The connection must be in a read transaction, which must last for all steps: so they copy
  /// one state. In WAL mode this does not block a writer, and a writer never makes the copy start
  /// again.
  package func copy(
    over destination: SQLiteConnection, pagesPerStep: Int32, _ progress: (SQLiteBackupProgress) -> Void
  ) throws(SQLiteError) {
    guard let backup = unsafe sqlite3_backup_init(destination.handle, "main", handle, "main") else {
      throw destination.failure(unsafe sqlite3_errcode(destination.handle), .backup)
    }
    var code = SQLITE_OK
    while code == SQLITE_OK {
      code = unsafe sqlite3_backup_step(backup, pagesPerStep)
      guard code == SQLITE_OK || code == SQLITE_DONE else { break }
      let total = unsafe Int(sqlite3_backup_pagecount(backup))
      progress(
        SQLiteBackupProgress(copiedPages: total - Int(unsafe sqlite3_backup_remaining(backup)), totalPages: total))
    }
    let failure = code == SQLITE_DONE ? nil : destination.failure(code, .backup)
    let finished = unsafe sqlite3_backup_finish(backup)
    if let failure { throw failure }
    try destination.check(finished, .backup)
  }
}
