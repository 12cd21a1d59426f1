import PostgreSQLKit
import Registry

/// The rows that belong to an ICC or a token.
extension PostgreSQLWriter {
  func insert(_ verification: Verification, of icc: ICC, keeping limit: Int) throws(StoreError) {
    let row = try row(of: icc)
    try change(
      """
      INSERT INTO verifications (icc, started_at, icc_version, verdict, document)
      VALUES (\(row), \(verification.startedAt.milliseconds), \(verification.iccVersion),
        \(verification.verdict.rawValue), \(verification.text))
      """)
    try change(
      """
      DELETE FROM verifications WHERE icc = \(row) AND seq <= (
        SELECT seq FROM verifications WHERE icc = \(row) ORDER BY seq DESC LIMIT 1 OFFSET \(max(0, limit)))
      """)
  }

  func save(_ usage: Usage, of icc: ICC) throws(StoreError) {
    try change(
      """
      INSERT INTO usages (icc, key, description, expires_at, created_at, created_by)
      VALUES ((SELECT seq FROM iccs WHERE id = \(icc.id.text) AND organisation = \(icc.organisation.text)),
        \(usage.key.text), \(usage.description.text), \(usage.expiresAt.milliseconds), \(usage.createdAt.milliseconds),
        \(usage.createdBy.text))
      ON CONFLICT (icc, key) DO UPDATE SET description = excluded.description, expires_at = excluded.expires_at,
        created_at = excluded.created_at, created_by = excluded.created_by
      """)
  }

  func deleteUsage(_ key: UsageKey, of icc: ICC) throws(StoreError) {
    try change(
      """
      DELETE FROM usages WHERE key = \(key.text)
        AND icc = (SELECT seq FROM iccs WHERE id = \(icc.id.text) AND organisation = \(icc.organisation.text))
      """)
  }

  func deleteUsages(expiredAt time: Timestamp, atMost limit: Int) throws(StoreError) {
    try change(
      """
      DELETE FROM usages WHERE (icc, key) IN (
        SELECT icc, key FROM usages WHERE expires_at <= \(time.milliseconds) ORDER BY expires_at LIMIT \(limit))
      """)
  }

  func save(_ record: IdempotencyRecord) throws(StoreError) {
    try change(
      """
      INSERT INTO idempotency_keys (token, key, fingerprint, created_at, status, location, entity_tag, body)
      VALUES (\(record.token.text), \(record.key), \(record.fingerprint), \(record.createdAt.milliseconds),
        \(record.status), \(record.location), \(record.entityTag), \(record.body))
      ON CONFLICT (token, key) DO UPDATE SET fingerprint = excluded.fingerprint, created_at = excluded.created_at,
        status = excluded.status, location = excluded.location, entity_tag = excluded.entity_tag, body = excluded.body
      """)
  }

  @discardableResult
  func deleteIdempotencyRecords(before time: Timestamp, atMost limit: Int) throws(StoreError) -> Int {
    try change(
      """
      DELETE FROM idempotency_keys WHERE (token, key) IN (
        SELECT token, key FROM idempotency_keys WHERE created_at < \(time.milliseconds)
        ORDER BY created_at LIMIT \(limit))
      """)
  }
}
