import CSQLite
import System

extension SQLiteConnection {
  /// Runs `body`. Its statements fail with `SQLITE_INTERRUPT` once they have taken this processor
  /// time, or ten times as long on a disk that does not keep up.
  package func limited<Value>(
    milliseconds: Int, _ body: () throws(SQLiteError) -> Value
  ) throws(SQLiteError) -> Value {
    let limit = TimeLimit(milliseconds: milliseconds)
    return try interrupted(when: { limit.hasPassed }, body)
  }

  /// Runs `body`. Its statements fail with `SQLITE_INTERRUPT` once `condition` is true, which
  /// SQLite asks about every hundred rows (https://sqlite.org/c3ref/progress_handler.html).
  package func interrupted<Value>(
    when condition: @escaping () -> Bool, _ body: () throws(SQLiteError) -> Value
  ) throws(SQLiteError) -> Value {
    let question = Question(condition)
    let context = unsafe Unmanaged.passUnretained(question).toOpaque()
    unsafe sqlite3_progress_handler(
      handle, Question.steps,
      { context in
        guard let context = unsafe context else { return 0 }
        return unsafe Unmanaged<Question>.fromOpaque(context).takeUnretainedValue().condition() ? 1 : 0
      }, context)
    // The handler is removed before the object that its context points to is released.
    defer { withExtendedLifetime(question) { unsafe sqlite3_progress_handler(handle, 0, nil, nil) } }
    return try body()
  }
}

/// The condition for an interruption, as an object that C can point to.
private final class Question {
  /// The number of steps of SQLite's virtual machine between two questions: about a hundred rows.
  static let steps: Int32 = 1000

  let condition: () -> Bool

  init(_ condition: @escaping () -> Bool) {
    self.condition = condition
  }
}

/// A time limit, which is compared with the clocks. It is on processor time, because on a busy
/// machine even a short list takes long.
private struct TimeLimit {
  private let processorEnd: UInt64
  private let end: Instant

  init(milliseconds: Int) {
    processorEnd = ThreadTime.nanoseconds + UInt64(milliseconds) * 1_000_000
    end = Instant.now.advanced(milliseconds: 10 * milliseconds)
  }

  var hasPassed: Bool { ThreadTime.nanoseconds >= processorEnd || Instant.now >= end }
}
