/// Transactions (https://sqlite.org/lang_transaction.html) and savepoints (https://sqlite.org/lang_savepoint.html).
extension SQLiteConnection {
  /// Takes the write lock at once, so that no later statement can fail for it.
  package func beginImmediate() throws(SQLiteError) {
    try run("BEGIN IMMEDIATE")
  }

  /// Begins a transaction that sees one state of the database from its first read on.
  package func beginDeferred() throws(SQLiteError) {
    try run("BEGIN DEFERRED")
  }

  /// Commits. When it throws, the transaction may still be open, or have been rolled back: see `isInTransaction`.
  package func commit() throws(SQLiteError) {
    try run("COMMIT")
  }

  /// Rolls back what is still open. A fault has nothing to add here: the transaction is lost either way.
  package func rollBack() {
    if isInTransaction { try? run("ROLLBACK") }
  }

  /// Runs `body` in a transaction that holds the write lock from the start; rolls back when anything throws.
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

  /// Opens the one savepoint that a job of a larger transaction runs in.
  package func beginSavepoint() throws(SQLiteError) {
    try run("SAVEPOINT job")
  }

  /// Keeps what was done since the savepoint as a part of the transaction.
  package func releaseSavepoint() throws(SQLiteError) {
    try run("RELEASE job")
  }

  /// Undoes what was done since the savepoint, and closes it.
  package func rollBackSavepoint() throws(SQLiteError) {
    try run("ROLLBACK TO job")
    try run("RELEASE job")
  }
}
