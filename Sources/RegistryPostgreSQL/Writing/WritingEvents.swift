import PostgreSQLKit
import Registry

extension PostgreSQLWriter {
  /// The writers' lock is held, so the number after the last one is this event's, and no event with
  /// a lower number is committed later.
  @discardableResult
  func append(_ event: AuditEvent) throws(StoreError) -> Int64 {
    let head = try auditHead()
    let sequence = head.sequence + 1
    let hash = EventChain.hash(of: event, sequence: sequence, after: head.hash)
    let isForAdministratorsOnly = event.kind.isForAdministratorsOnly
    let number: PostgreSQLQuery =
      isForAdministratorsOnly
      ? "NULL"
      : """
      1 + coalesce(
        (SELECT number FROM events WHERE subject = \(event.subject) AND number IS NOT NULL ORDER BY seq DESC LIMIT 1), 0)
      """
    try change(
      """
      INSERT INTO events (seq, at, kind, administrators_only, actor, address, request_id, organisation, subject, version,
        changes, hash, number)
      VALUES (\(sequence), \(event.at.milliseconds), \(event.kind.rawValue), \(isForAdministratorsOnly),
        \(event.actor.text), \(event.address), \(event.requestID), \(event.organisation?.text), \(event.subject),
        \(event.version), \(event.changes), \(hash), \(number))
      """)
    return sequence
  }
}
