import Registry
import SQLiteKit

extension SQLiteWriter {
  func save(_ usage: Usage, of icc: ICC) throws(StoreError) {
    try change(
      """
      INSERT INTO usages (icc, key, description, expires_at, created_at, created_by)
      VALUES ((SELECT seq FROM iccs WHERE id = ? AND organisation = ?), ?, ?, ?, ?, ?)
      ON CONFLICT (icc, key) DO UPDATE SET description = excluded.description, expires_at = excluded.expires_at,
        created_at = excluded.created_at, created_by = excluded.created_by
      """,
      [
        .text(icc.id.text), .text(icc.organisation.text), .text(usage.key.text), .text(usage.description.text),
        .integer(usage.expiresAt.milliseconds), .integer(usage.createdAt.milliseconds), .text(usage.createdBy.text),
      ])
  }

  func deleteUsage(_ key: UsageKey, of icc: ICC) throws(StoreError) {
    try change(
      "DELETE FROM usages WHERE icc = (SELECT seq FROM iccs WHERE id = ? AND organisation = ?) AND key = ?",
      [.text(icc.id.text), .text(icc.organisation.text), .text(key.text)])
  }

  func deleteUsages(expiredAt time: Timestamp, atMost limit: Int) throws(StoreError) {
    try change(
      """
      DELETE FROM usages WHERE (icc, key) IN
        (SELECT icc, key FROM usages WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)
      """, [.integer(time.milliseconds), .integer(Int64(limit))])
  }
}
