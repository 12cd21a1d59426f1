import CSQLite

/// Transactions (https://sqlite.org/lang_transaction.html) and savepoints
/// (https://sqlite.org/lang_savepoint.html).
extension SQLiteConnection {
  /// Begins a transaction with the write lock, so that no later statement can fail to get it.
  package func beginImmediate() throws(SQLiteError) {
    try run("BEGIN IMMEDIATE")
  }

  /// Begins a transaction that sees one state of the database, from its first read on.
  package func beginDeferred() throws(SQLiteError) {
    try run("BEGIN DEFERRED")
  }

  /// Commits. If it throws, the transaction may still be open or may be rolled back: see
  /// `isInTransaction`.
  package func commit() throws(SQLiteError) {
    try run("COMMIT")
  }

  /// Rolls back the transaction, if one is open. An error is ignored: the transaction is lost
  /// either way.
  package func rollBack() {
    if isInTransaction { try? run("ROLLBACK") }
  }

  /// Writes the changed pages of the open transaction to the WAL without a commit
  /// (https://sqlite.org/c3ref/db_cacheflush.html).
  package func flush() throws(SQLiteError) {
    try check(unsafe sqlite3_db_cacheflush(handle), .step)
  }

  /// Runs `body` in a transaction that has the write lock from the start; rolls back if anything
  /// throws.
  package func transaction<Result>(_ body: () throws -> Result) throws -> Result {
    try beginImmediate()
    do {
      let result = try body()
      try commit()
      return result
    } catch {
      rollBack()
      throw error
    }
  }

  /// Opens the savepoint of one write within a larger transaction.
  package func beginSavepoint() throws(SQLiteError) {
    try run("SAVEPOINT job")
  }

  /// Keeps the changes since the savepoint as part of the transaction.
  package func releaseSavepoint() throws(SQLiteError) {
    try run("RELEASE job")
  }

  /// Undoes the changes since the savepoint and closes it.
  package func rollBackSavepoint() throws(SQLiteError) {
    try run("ROLLBACK TO job")
    try run("RELEASE job")
  }
}
