import CSQLite
import System

extension SQLiteConnection {
  /// Runs `body`. Its statements fail with `SQLITE_INTERRUPT` once they have taken this processor
  /// time, or ten times as long on a disk that does not keep up
  /// (https://sqlite.org/c3ref/progress_handler.html).
  package func limited<Value>(
    milliseconds: Int, _ body: () throws(SQLiteError) -> Value
  ) throws(SQLiteError) -> Value {
    let limit = TimeLimit(milliseconds: milliseconds)
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

/// A time limit, which the progress handler compares with the clocks. It is on processor time,
/// because on a busy machine even a short list takes long.
private final class TimeLimit {
  /// The number of steps of SQLite's virtual machine between two looks at the clock: about a
  /// hundred rows.
  static let steps: Int32 = 1000

  private let processorEnd: UInt64
  private let end: Instant

  init(milliseconds: Int) {
    processorEnd = ThreadTime.nanoseconds + UInt64(milliseconds) * 1_000_000
    end = Instant.now.advanced(milliseconds: 10 * milliseconds)
  }

  var hasPassed: Bool { ThreadTime.nanoseconds >= processorEnd || Instant.now >= end }
}
