import Registry
import SQLiteKit
import System

/// Makes many waiting writes durable with one commit. Each runs in its own savepoint within one
/// transaction, and none is acknowledged before the WAL is synced.
struct GroupCommit {
  let writer: SQLiteWriter
  let health: WriteHealth
  /// The files of a server; nil for a command.
  let files: OpenFiles?
  let walLimit: WALLimit

  private var connection: SQLiteConnection { writer.connection }

  /// Performs all writes and answers each of them exactly once.
  func perform(_ writes: [QueuedWrite]) {
    var outcomes: [QueuedWrite.Outcome] = []
    outcomes.reserveCapacity(writes.count)
    do throws(StoreError) {
      try walLimit.check(connection)
      try writer.mappingErrors { () throws(SQLiteError) in try connection.beginImmediate() }
      var keepsAny = false
      for write in writes {
        try writer.mappingErrors { () throws(SQLiteError) in try connection.beginSavepoint() }
        let outcome = write.perform(writer)
        outcomes.append(outcome)
        let keeps = !outcome.failed && !write.isDryRun
        try endSavepoint(keeping: keeps)
        keepsAny = keepsAny || keeps
      }
      let start = Instant.now
      try writer.mappingErrors { () throws(SQLiteError) in try connection.commit() }
      // After the commit: files lost before it have not received these writes.
      if files?.lost != nil { throw .filesLost }
      if keepsAny {
        health.note(nil)
        health.noteCommit(of: writes.count, since: start)
      }
      for outcome in outcomes { outcome.answer(nil) }
    } catch {
      connection.rollBack()
      health.note(error)
      for outcome in outcomes { outcome.answer(error) }
      for write in writes[outcomes.count...] { write.reject(error) }
    }
  }

  /// Throws if the transaction, and so all writes of the group, was lost: a full disk, an I/O error
  /// and others "might cause an automatic rollback" (https://sqlite.org/lang_transaction.html
  /// section 3.1).
  private func endSavepoint(keeping: Bool) throws(StoreError) {
    guard connection.isInTransaction else { throw writer.lastError ?? .internalFailure }
    try writer.mappingErrors { () throws(SQLiteError) in
      keeping ? try connection.releaseSavepoint() : try connection.rollBackSavepoint()
    }
  }
}
