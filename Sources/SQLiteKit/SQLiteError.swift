/// A failed call of SQLite.
package struct SQLiteError: Error, Hashable, Sendable {
  /// What was being done.
  package enum Operation: String, Sendable {
    case open, configure, prepare, bind, step, backup, checkpoint
  }

  /// What to tell faults apart by.
  package let code: SQLiteResultCode
  /// What was being done.
  package let operation: Operation
  /// SQLite's own words, for the log and for nobody outside: they can name tables, columns and paths.
  package let message: String
  /// The statement's text, with `?` in place of every value; nil where there was no statement.
  package let sql: String?

  /// The failure of `operation` with `code`.
  package init(code: SQLiteResultCode, operation: Operation, message: String, sql: String? = nil) {
    self.code = code
    self.operation = operation
    self.message = message
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
