import Registry
import SQLiteKit

/// Recomputes the chain of events, which detects rows that were changed, added, removed or cut off
/// at the end.
struct AuditTrailExamination {
  let connection: SQLiteConnection

  func findings() throws(SQLiteError) -> [String] {
    var previous = EventChain.start
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
      previous = statement.blob(10)
    }
    let given = try connection.integer("SELECT seq FROM sqlite_sequence WHERE name = 'events'") ?? 0
    return given == sequence ? [] : ["the audit trail ends at event \(sequence), but event \(given) was issued"]
  }

  private func isLink(_ row: SQLiteStatement, after previous: [UInt8]) throws(SQLiteError) -> Bool {
    guard EventKind(rawValue: row.text(2)) != nil else { return false }
    let event = try AuditEvent(row: row)
    let isForAdministrators = row.integer(11) == 1
    return isForAdministrators == event.kind.isForAdministratorsOnly
      && EventChain.hash(of: event, sequence: row.integer(0), after: previous) == row.blob(10)
  }
}
