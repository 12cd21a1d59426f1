import Registry
import SQLiteKit

/// Recomputes the chain of events, which detects rows that were changed, added, removed or cut off
/// at the end.
struct AuditTrailExamination {
  let connection: SQLiteConnection

  func findings() throws(SQLiteError) -> [String] {
    var previous = AuditHead.start.hash
    var sequence: Int64 = 0
    let statement = try connection.statement(
      "SELECT " + AuditEvent.columns + ", hash, administrators_only FROM events ORDER BY seq")
    defer { statement.reset() }
    while try statement.step() {
      sequence += 1
      guard statement.integer(0) == sequence else { return ["event \(sequence) of the audit trail is missing"] }
      guard try isLink(statement, after: previous) else {
        return ["event \(sequence) of the audit trail was altered"]
      }
      previous = statement.blob(11)
    }
    let given = try connection.integer("SELECT seq FROM sqlite_sequence WHERE name = 'events'") ?? 0
    guard given == sequence else {
      return ["the audit trail ends at event \(sequence), but event \(given) was issued"]
    }
    return try misnumbered()
  }

  /// The numbers of events within their subject, which are not part of the chain.
  private func misnumbered() throws(SQLiteError) -> [String] {
    let wrong = try connection.integer(
      """
      SELECT seq FROM (
        SELECT seq, number, row_number() OVER (PARTITION BY subject ORDER BY seq) AS expected
        FROM events WHERE administrators_only = 0)
      WHERE number IS NOT expected ORDER BY seq LIMIT 1
      """)
    return wrong.map { ["event \($0) of the audit trail has the wrong number within its subject"] } ?? []
  }

  private func isLink(_ row: SQLiteStatement, after previous: [UInt8]) throws(SQLiteError) -> Bool {
    guard EventKind(rawValue: row.text(2)) != nil else { return false }
    let event = try AuditEvent(row: row)
    let isForAdministrators = row.integer(12) == 1
    return isForAdministrators == event.kind.isForAdministratorsOnly
      && EventChain.hash(of: event, sequence: row.integer(0), after: previous) == row.blob(11)
  }
}
