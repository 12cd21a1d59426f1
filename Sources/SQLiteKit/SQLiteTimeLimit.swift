import CSQLite
import System

extension SQLiteConnection {
  /// Runs `body`. Its statements fail with `SQLITE_INTERRUPT` once the limit has passed
  /// (https://sqlite.org/c3ref/progress_handler.html).
  package func limited<Value>(
    milliseconds: Int, _ body: () throws(SQLiteError) -> Value
  ) throws(SQLiteError) -> Value {
    let limit = TimeLimit(end: Instant.now.advanced(milliseconds: milliseconds))
    let context = unsafe Unmanaged.passUnretained(limit).toOpaque()
    unsafe sqlite3_progress_handler(
      handle, TimeLimit.steps,
      { context in
        guard let context = unsafe context else { return 0 }
        return unsafe Unmanaged<TimeLimit>.fromOpaque(context).takeUnretainedValue().hasPassed ? 1 : 0
      }, context)
    // The handler is removed before the object that its context points to is released.
    defer { withExtendedLifetime(limit) { unsafe sqlite3_progress_handler(handle, 0, nil, nil) } }
    return try body()
  }
}

/// The end of a time limit, which the progress handler compares with the clock.
private final class TimeLimit {
  /// The number of steps of SQLite's virtual machine between two looks at the clock: about a
  /// hundred rows.
  static let steps: Int32 = 1000

  private let end: Instant

  init(end: Instant) { self.end = end }

  var hasPassed: Bool { Instant.now >= end }
}
