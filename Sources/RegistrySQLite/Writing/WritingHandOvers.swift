import Registry
import SQLiteKit

extension SQLiteWriter {
  func insert(_ handOver: HandOver, hash: TokenHash) throws(StoreError) {
    let words = handOver.permissions.map(\.rawValue).sorted()
    try change(
      """
      INSERT INTO hand_overs (id, hash, icc, permissions, created_at, created_by, expires_at, max_uses)
      VALUES (?, ?, (SELECT seq FROM iccs WHERE id = ? AND organisation = ?), ?, ?, ?, ?, ?)
      """,
      [
        .text(handOver.id.text), .blob(hash.bytes), .text(handOver.icc.text), .text(handOver.organisation.text),
        .text(orNull: words.isEmpty ? nil : " " + words.joined(separator: " ") + " "),
        .integer(handOver.createdAt.milliseconds), .text(handOver.createdBy.text),
        .integer(handOver.expiresAt.milliseconds), .integer(handOver.maxUses),
      ])
  }

  func revokeHandOver(_ id: HandOverID, at time: Timestamp) throws(StoreError) {
    try change(
      "UPDATE hand_overs SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
      [.integer(time.milliseconds), .text(id.text)])
  }

  func countUse(of id: HandOverID, at time: Timestamp) throws(StoreError) -> Bool {
    try change(
      """
      UPDATE hand_overs SET uses = uses + 1, last_used_at = ?
        WHERE id = ? AND uses < max_uses AND revoked_at IS NULL
      """, [.integer(time.milliseconds), .text(id.text)])
    return connection.changes == 1
  }
}
