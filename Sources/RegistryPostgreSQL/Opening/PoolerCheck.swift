import PostgreSQLKit

/// Detects a pooler, such as PgBouncer in transaction mode, that gives each transaction of a
/// connection another session of the server. Prepared statements, settings of the session and
/// the lookup of a lost commit need one session for each connection.
enum PoolerCheck {
  private static let milliseconds = 5_000

  /// Returns true if the two connections have a session each. A pooler by transaction gives the
  /// session that the first has used to the second, which keeps it in a transaction: then the
  /// first does not find its own prepared statement.
  static func hasSessions(
    _ first: PostgreSQLConnection, _ second: PostgreSQLConnection
  ) throws(PostgreSQLError) -> Bool {
    let former = first.statementMilliseconds
    first.statementMilliseconds = milliseconds
    defer { first.statementMilliseconds = former }
    do throws(PostgreSQLError) {
      try first.run(script: "PREPARE icc_registry_session AS SELECT 1")
      try second.run(script: "BEGIN; SELECT 1")
      try first.run(script: "DEALLOCATE icc_registry_session")
      try second.run(script: "ROLLBACK")
      return true
    } catch {
      // PgBouncer in statement mode accepts no transactions.
      guard error.state == .statementUnknown || error.state == .protocolViolated else { throw error }
      return false
    }
  }
}
