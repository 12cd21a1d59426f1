import Registry
import RegistryStorage
import SQLiteKit

/// Checks one state of a database for damage and tampering.
struct DatabaseExamination {
  let connection: SQLiteConnection

  /// The time at which tokens must be valid to be noted.
  let now: Timestamp

  /// Examines the state of the connection's transaction.
  func report() throws(SQLiteError) -> DatabaseReport {
    let damage = try connection.rows("PRAGMA integrity_check(10)") { $0.text(0) }.filter { $0 != "ok" }
    if !damage.isEmpty { return DatabaseReport(findings: damage, notes: [], head: .start) }
    let broken = try connection.rows("PRAGMA foreign_key_check") {
      "a row in \($0.text(0)) refers to a missing row in \($0.text(2))"
    }
    let schema = try DatabaseSchema.difference(in: connection, after: Migration.all).map { [$0] } ?? []
    let chain = try AuditTrailExamination(connection: connection).findings()
    var replay = AuditReplay(connection, at: now)
    let replayed = try replay.run()
    let counted = try counts() + quotaCounts()
    return DatabaseReport(
      findings: try schema + broken + externalIDs() + counted + chain + replayed.findings, notes: replayed.notes,
      head: try AuditHead(of: connection))
  }

  /// Checks that the triggers have counted every ICC and every alarm.
  private func counts() throws(SQLiteError) -> [String] {
    try connection.rows(
      """
      SELECT c.name, c.value, CASE c.name
          WHEN 'user-arn.shared' THEN (SELECT count(*) FROM events WHERE kind = c.name)
          WHEN 'alarms.held' THEN (SELECT count(*) FROM iccs WHERE deleted_at IS NULL AND held = 1)
          WHEN 'alarms.listed' THEN (
            SELECT count(*) FROM iccs WHERE deleted_at IS NULL AND held = 0 AND alarm_at IS NOT NULL)
          ELSE (SELECT count(*) FROM iccs WHERE deleted_at IS NULL AND 'iccs.' || status = c.name) END AS rows
        FROM counts AS c WHERE c.value <> rows
      """
    ) { "the count \($0.text(0)) is \($0.integer(1)), but there are \($0.integer(2))" }
  }

  /// Checks that the triggers have counted for each quota.
  private func quotaCounts() throws(SQLiteError) -> [String] {
    try connection.rows(
      """
      SELECT 'ICCs of ' || o.id, c.iccs, coalesce(live.value, 0) AS rows
        FROM organisations AS o LEFT JOIN organisation_counts AS c ON c.organisation = o.id
        LEFT JOIN (SELECT organisation, count(*) AS value FROM iccs WHERE deleted_at IS NULL GROUP BY organisation) AS live
          ON live.organisation = o.id
        WHERE c.iccs IS NOT rows
      UNION ALL
      SELECT 'idempotency keys of ' || t.id, coalesce(c.idempotency_keys, 0) AS counted, coalesce(kept.value, 0) AS rows
        FROM tokens AS t LEFT JOIN token_counts AS c ON c.token = t.id
        LEFT JOIN (SELECT token, count(*) AS value FROM idempotency_keys GROUP BY token) AS kept ON kept.token = t.id
        WHERE counted <> rows
      """
    ) { "the count of \($0.text(0)) is \($0.integer(1)), but there are \($0.integer(2))" }
  }

  /// Checks that each ICC's external IDs are recorded as issued, in the right state, and that no
  /// others are in use.
  private func externalIDs() throws(SQLiteError) -> [String] {
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
          OR (e.state = 'pending' AND e.external_id IS NOT i.pending_external_id)
      """
    ) { "the \($0.text(1)) external ID of \($0.text(0)) differs from the one that was issued" }
  }
}
