/// A failed call of SQLite.
package struct SQLiteError: Error, Hashable, Sendable {
  /// The operation that failed.
  package enum Operation: String, Sendable {
    case open, configure, prepare, bind, step, backup, checkpoint
  }

  /// The extended result code, which decides how the error is handled.
  package let code: SQLiteResultCode
  /// The operation that failed.
  package let operation: Operation
  /// SQLite's message. It can name tables, columns and paths, so it is for the log only.
  package let message: String
  /// The errno of the system call that caused an I/O error or prevented opening a file; 0 for other
  /// errors.
  package let systemError: Int32
  /// The statement's text, with `?` instead of values; nil if there was no statement.
  package let sql: String?

  /// Creates an error.
  package init(
    code: SQLiteResultCode, operation: Operation, message: String, systemError: Int32 = 0, sql: String? = nil
  ) {
    self.code = code
    self.operation = operation
    self.message = message
    self.systemError = systemError
    self.sql = sql
  }
}

extension SQLiteError: CustomStringConvertible {
  /// One line for the log.
  package var description: String {
    let place = sql.map { " in `\($0)`" } ?? ""
    return "\(code) at \(operation.rawValue): \(message)\(place)"
  }
}
