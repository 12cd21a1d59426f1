import CSQLite

@testable import SQLiteKit

/// The work of statements, counted independently of the machine and its load.
struct StatementWork: Hashable {
  /// Steps of SQLite's virtual machine (https://sqlite.org/c3ref/c_stmtstatus_counter.html).
  let steps: Int
  /// Pages asked of the cache (https://sqlite.org/c3ref/c_dbstatus_options.html).
  let pages: Int
}

extension SQLiteConnection {
  /// The work of all statements of this connection while `body` runs.
  func work(_ body: () throws -> Void) rethrows -> StatementWork {
    _ = takeWork()
    try body()
    return takeWork()
  }

  /// The number of statements that the connection keeps.
  var statementCount: Int {
    var (count, statement) = (0, unsafe sqlite3_next_stmt(handle, nil))
    while let known = unsafe statement {
      count += 1
      unsafe statement = sqlite3_next_stmt(handle, known)
    }
    return count
  }

  private func takeWork() -> StatementWork {
    var steps = 0
    var statement = unsafe sqlite3_next_stmt(handle, nil)
    while let known = unsafe statement {
      steps += Int(unsafe sqlite3_stmt_status(known, SQLITE_STMTSTATUS_VM_STEP, 1))
      unsafe statement = sqlite3_next_stmt(handle, known)
    }
    return StatementWork(steps: steps, pages: pages(SQLITE_DBSTATUS_CACHE_HIT) + pages(SQLITE_DBSTATUS_CACHE_MISS))
  }

  private func pages(_ counter: Int32) -> Int {
    var (count, greatest) = (Int32(0), Int32(0))
    unsafe sqlite3_db_status(handle, counter, &count, &greatest, 1)
    return Int(count)
  }
}
