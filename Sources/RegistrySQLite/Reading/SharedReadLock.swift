import SQLiteKit

/// A transaction held open between commits, which spares every reader two system calls.
///
/// A reader in WAL mode takes a shared lock on a read mark (https://sqlite.org/walformat.html section 2.3.2), and SQLite
/// asks the system for it only where no other connection of the same process has it. The lock changes nothing in what a
/// reader sees: one that needs a newer mark than this takes that itself. An old mark would keep the log from beginning
/// anew, so the writer lets it go before it writes and takes it again after.
final class SharedReadLock {
  private let connection: SQLiteConnection
  private let begin: SQLiteStatement
  private let touch: SQLiteStatement
  private let end: SQLiteStatement
  private let observer: FaultObserver

  init(_ connection: SQLiteConnection, _ observer: @escaping FaultObserver) throws(SQLiteError) {
    self.connection = connection
    self.observer = observer
    begin = try connection.prepare("BEGIN DEFERRED")
    touch = try connection.prepare("SELECT 1 FROM sqlite_schema LIMIT 1")
    end = try connection.prepare("COMMIT")
  }

  /// Takes the lock at the state that is now the newest. Without it readers are slower and no worse off.
  func take() {
    do throws(SQLiteError) {
      try begin.run([])
      try touch.run([])
    } catch {
      observer(error)
      letGo()
    }
  }

  /// Gives the lock back, if it is held.
  func letGo() {
    guard connection.isInTransaction else { return }
    do throws(SQLiteError) { try end.run([]) } catch { observer(error) }
  }
}
