/// A failed call of PostgreSQL.
package struct PostgreSQLError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of the error, which decides how it is handled.
  package let state: PostgreSQLState
  /// The server's or libpq's message. It can name tables, columns and hosts, so it is for the log
  /// only; it never contains a password.
  package let message: String
  /// The statement's text, with `$1` instead of values; nil if there was no statement.
  package let statement: String?

  /// Creates an error.
  package init(_ state: PostgreSQLState, _ message: String, statement: String? = nil) {
    (self.state, self.message, self.statement) = (state, message, statement)
  }

  /// One line for the log.
  package var description: String {
    let place = statement.map { " in `\($0)`" } ?? ""
    return "\(state): \(message)\(place)"
  }
}
