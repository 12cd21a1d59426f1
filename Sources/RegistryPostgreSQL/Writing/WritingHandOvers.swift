import PostgreSQLKit
import Registry

extension PostgreSQLWriter {
  func insert(_ handOver: HandOver, hash: TokenHash) throws(StoreError) {
    let words = handOver.permissions.map(\.rawValue).sorted()
    let permissions = words.isEmpty ? nil : " " + words.joined(separator: " ") + " "
    try change(
      """
      INSERT INTO hand_overs (id, hash, icc, permissions, created_at, created_by, expires_at, max_uses)
      VALUES (\(handOver.id.text), \(hash.bytes),
        (SELECT seq FROM iccs WHERE id = \(handOver.icc.text) AND organisation = \(handOver.organisation.text)),
        \(permissions), \(handOver.createdAt.milliseconds), \(handOver.createdBy.text),
        \(handOver.expiresAt.milliseconds), \(handOver.maxUses))
      """)
  }

  func revokeHandOver(_ id: HandOverID, at time: Timestamp) throws(StoreError) {
    try change(
      "UPDATE hand_overs SET revoked_at = \(time.milliseconds) WHERE id = \(id.text) AND revoked_at IS NULL")
  }

  func countUse(of id: HandOverID, at time: Timestamp) throws(StoreError) -> Bool {
    try change(
      """
      UPDATE hand_overs SET uses = uses + 1, last_used_at = \(time.milliseconds)
      WHERE id = \(id.text) AND uses < max_uses AND revoked_at IS NULL
      """) == 1
  }
}
