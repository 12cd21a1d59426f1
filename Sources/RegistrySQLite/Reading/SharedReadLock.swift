import SQLiteKit

/// A read transaction held open between commits, which saves every reader two system calls.
///
/// A reader in WAL mode takes a shared lock on a read mark (https://sqlite.org/walformat.html
/// section 2.3.2), and SQLite asks the system for it only if no other connection of the process has
/// it. The lock does not change what a reader sees: a reader that needs a newer mark takes that
/// one. An old mark would prevent the WAL from being reused from its start, so the writer releases
/// the lock before it writes and takes it again afterwards.
final class SharedReadLock {
  private let connection: SQLiteConnection
  private let begin: SQLiteStatement
  private let touch: SQLiteStatement
  private let end: SQLiteStatement
  private let observer: ErrorObserver

  init(_ connection: SQLiteConnection, _ observer: @escaping ErrorObserver) throws(SQLiteError) {
    self.connection = connection
    self.observer = observer
    begin = try connection.prepare("BEGIN DEFERRED")
    touch = try connection.prepare("SELECT 1 FROM sqlite_schema LIMIT 1")
    end = try connection.prepare("COMMIT")
  }

  /// Takes the lock at the newest state. If that fails, reads are only slower.
  func take() {
    do throws(SQLiteError) {
      try begin.run([])
      try touch.run([])
    } catch {
      observer(error)
      release()
    }
  }

  /// Releases the lock, if it is held.
  func release() {
    guard connection.isInTransaction else { return }
    do throws(SQLiteError) { try end.run([]) } catch { observer(error) }
  }
}
