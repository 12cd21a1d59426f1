import Registry
import SQLiteKit

extension SQLiteWriter {
  func save(_ record: IdempotencyRecord) throws(StoreError) {
    try change(
      """
      INSERT INTO idempotency_keys (token, key, fingerprint, created_at, status, location, entity_tag, body)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (token, key) DO UPDATE SET fingerprint = excluded.fingerprint, created_at = excluded.created_at,
        status = excluded.status, location = excluded.location, entity_tag = excluded.entity_tag, body = excluded.body
      """,
      [
        .text(record.token.text), .text(record.key), .blob(record.fingerprint),
        .integer(record.createdAt.milliseconds), .integer(Int64(record.status)), .text(orNull: record.location),
        .text(orNull: record.entityTag), .blob(record.body),
      ])
  }

  @discardableResult
  func deleteIdempotencyRecords(before time: Timestamp, atMost limit: Int) throws(StoreError) -> Int {
    try change(
      """
      DELETE FROM idempotency_keys WHERE rowid IN
        (SELECT rowid FROM idempotency_keys WHERE created_at < ? ORDER BY created_at LIMIT ?)
      """, [.integer(time.milliseconds), .integer(Int64(limit))])
    return Int(connection.changes)
  }
}
