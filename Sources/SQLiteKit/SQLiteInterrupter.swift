import CSQLite

/// Interrupts the statement that runs on a connection, from another thread.
@safe package struct SQLiteInterrupter: @unchecked Sendable {
  // Unchecked: sqlite3_interrupt is the one function that other threads may call while the
  // connection is open (https://sqlite.org/c3ref/interrupt.html).
  private let handle: OpaquePointer

  /// An interrupter of a connection, not to be used after that has closed.
  package init(of connection: SQLiteConnection) {
    unsafe handle = connection.handle
  }

  /// Lets the running statement fail with `SQLITE_INTERRUPT`. Between two statements it has no
  /// effect.
  package func interrupt() {
    unsafe sqlite3_interrupt(handle)
  }
}
