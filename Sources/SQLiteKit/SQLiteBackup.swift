import CSQLite

extension SQLiteConnection {
  /// Copies one state of this whole database over `destination` (https://sqlite.org/backup.html).
  ///
  /// All pages are copied in one step, in one read transaction. In WAL mode this does not block a
  /// writer, and a writer never makes the copy start again.
  package func copy(over destination: SQLiteConnection) throws(SQLiteError) {
    guard let backup = unsafe sqlite3_backup_init(destination.handle, "main", handle, "main") else {
      throw destination.failure(unsafe sqlite3_errcode(destination.handle), .backup)
    }
    let stepped = unsafe sqlite3_backup_step(backup, -1)
    let finished = unsafe sqlite3_backup_finish(backup)
    if stepped != SQLITE_DONE { throw destination.failure(stepped, .backup) }
    try destination.check(finished, .backup)
  }
}
