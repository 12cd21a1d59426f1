import Registry
import SQLiteKit

extension SQLiteWriter {
  @discardableResult
  func append(_ event: AuditEvent) throws(StoreError) -> Int64 {
    // Read each time and never cached: a command can append to the same chain while a server runs.
    let head = try auditHead()
    let sequence = head.sequence + 1
    let hash = EventChain.hash(of: event, sequence: sequence, after: head.hash)
    try change(
      """
      INSERT INTO events (seq, at, kind, administrators_only, actor, address, request_id, organisation, subject, version,
        changes, hash, number) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .integer(sequence), .integer(event.at.milliseconds), .text(event.kind.rawValue),
        .bool(event.kind.isForAdministratorsOnly), .text(event.actor.text), .text(orNull: event.address),
        .text(orNull: event.requestID), .text(orNull: event.organisation?.text), .text(event.subject),
        .integer(orNull: event.version), .text(event.changes), .blob(hash),
        .integer(orNull: try number(of: event)),
      ])
    return sequence
  }

  /// The next number within the event's subject; nil for an administrators' event.
  private func number(of event: AuditEvent) throws(StoreError) -> Int64? {
    if event.kind.isForAdministratorsOnly { return nil }
    if event.kind.isCreation { return 1 }
    let last = try mappingErrors { () throws(SQLiteError) in
      try connection.first(
        "SELECT number FROM events WHERE subject = ? AND number IS NOT NULL ORDER BY seq DESC LIMIT 1",
        [.text(event.subject)]
      ) { $0.integer(0) }
    }
    return (last ?? 0) + 1
  }
}
