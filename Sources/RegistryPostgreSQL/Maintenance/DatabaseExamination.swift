package import PostgreSQLKit
package import Registry
package import RegistryStorage

/// Checks one state of a database for tampering. Damage of pages and indexes is for `pg_amcheck`.
package struct DatabaseExamination {
  /// The maximum time of a statement in milliseconds: one of them sorts all events.
  private static let maxMilliseconds = 3_600_000

  private let connection: PostgreSQLConnection

  private init(_ connection: PostgreSQLConnection) { self.connection = connection }

  /// Examines one state of the database, and compares its audit trail with the evidence. Throws
  /// `PostgreSQLOpeningError` and `AuditEvidenceExamination.Unreadable`.
  package static func examine(_ address: PostgreSQLAddress, against evidence: AuditEvidence) throws -> DatabaseReport {
    let pending = try Migrations(address).status().filter { $0.appliedAt == nil }
    guard pending.isEmpty else { throw PostgreSQLOpeningError.empty(address) }
    do {
      let connection = try PostgreSQLConnection(address)
      connection.statementMilliseconds = maxMilliseconds
      try connection.run(script: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
      var report = try DatabaseExamination(connection).report()
      report.findings += try AuditEvidenceExamination(evidence, ignoresLater: false).findings { sequence in
        try connection.first("SELECT hash FROM events WHERE seq = \(sequence)") { $0.bytes(0) }
      }
      return report
    } catch let error as PostgreSQLError {
      throw PostgreSQLOpeningError.failed(address, error)
    }
  }

  private func report() throws(PostgreSQLError) -> DatabaseReport {
    var replay = AuditReplay(connection)
    let chain = try AuditTrailExamination(connection: connection).findings()
    let head = try connection.first("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1") { row in
      AuditHead(sequence: row.integer(0), hash: row.bytes(1))
    }
    return DatabaseReport(
      findings: try externalIDs() + counts() + chain + replay.run(), notes: [], head: head ?? .start)
  }

  /// Checks that the triggers have counted every ICC, alarm and idempotency key.
  private func counts() throws(PostgreSQLError) -> [String] {
    try connection.rows(
      """
      SELECT * FROM (
        SELECT 'count ' || k.name AS name, k.value, CASE k.name
          WHEN 'user-arn.shared' THEN (SELECT count(*) FROM events WHERE kind = k.name)
          WHEN 'alarms.held' THEN (SELECT count(*) FROM iccs WHERE deleted_at IS NULL AND held)
          WHEN 'alarms.listed' THEN (
            SELECT count(*) FROM iccs WHERE deleted_at IS NULL AND NOT held AND alarm_at IS NOT NULL)
          ELSE (SELECT count(*) FROM iccs WHERE deleted_at IS NULL AND 'iccs.' || status = k.name) END AS rows
        FROM counts AS k
        UNION ALL
        SELECT 'count of the ICCs of ' || organisation, iccs,
          (SELECT count(*) FROM iccs AS i WHERE i.organisation = c.organisation AND deleted_at IS NULL)
        FROM organisation_counts AS c
        UNION ALL
        SELECT 'count of the idempotency keys of ' || token, idempotency_keys,
          (SELECT count(*) FROM idempotency_keys AS k WHERE k.token = c.token)
        FROM token_counts AS c) AS counted
      WHERE value <> rows LIMIT 100
      """
    ) { "the \($0.text(0)) is \($0.integer(1)), but there are \($0.integer(2))" }
  }

  /// Checks that each ICC's external IDs are recorded as issued, in the right state, and that no
  /// others are in use.
  private func externalIDs() throws(PostgreSQLError) -> [String] {
    try connection.rows(
      """
      SELECT i.id, 'live' FROM iccs AS i WHERE NOT EXISTS (SELECT 1 FROM external_ids AS e
        WHERE e.external_id = i.external_id AND e.icc = i.seq AND e.state = 'live')
      UNION ALL
      SELECT i.id, 'pending' FROM iccs AS i WHERE i.pending_external_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM external_ids AS e
        WHERE e.external_id = i.pending_external_id AND e.icc = i.seq AND e.state = 'pending')
      UNION ALL
      SELECT i.id, e.state FROM external_ids AS e JOIN iccs AS i ON i.seq = e.icc
        WHERE (e.state = 'live' AND e.external_id <> i.external_id)
          OR (e.state = 'pending' AND e.external_id IS DISTINCT FROM i.pending_external_id)
      LIMIT 100
      """
    ) { "the \($0.text(1)) external ID of \($0.text(0)) differs from the one that was issued" }
  }
}
