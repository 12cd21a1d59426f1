import Registry
import SQLiteKit
import System

extension SQLiteWriter {
  func insert(_ token: Token, hash: TokenHash) throws(StoreError) {
    try change(
      """
      INSERT INTO tokens (id, hash, name, role, organisation, created_at, created_by, expires_at, revoked_at,
        last_used_at, last_four, organisations, address_blocks) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .text(token.id.text), .blob(hash.bytes), .text(token.name), .text(token.role.rawValue),
        .text(orNull: token.organisation?.text), .integer(token.createdAt.milliseconds), .text(token.createdBy.text),
        .integer(orNull: token.expiresAt?.milliseconds), .integer(orNull: token.revokedAt?.milliseconds),
        .integer(orNull: token.lastUsedAt?.milliseconds), .text(orNull: token.lastFour),
        Self.words(token.organisation == nil ? token.organisations.map { $0.text } : []),
        Self.words(token.addressBlocks.map { $0.description }),
      ])
  }

  /// Words with a space before, between and after them; null for none.
  private static func words(_ words: [String]) -> SQLiteValue {
    .text(orNull: words.isEmpty ? nil : " " + words.joined(separator: " ") + " ")
  }

  func revoke(_ token: TokenID, at time: Timestamp) throws(StoreError) {
    try change(
      "UPDATE tokens SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
      [.integer(time.milliseconds), .text(token.text)])
  }

  func noteUses(_ uses: [TokenID: Timestamp]) throws(StoreError) {
    for (token, time) in uses.sorted(by: { $0.key < $1.key }) {
      let minute = time.milliseconds - time.milliseconds % 60_000
      try change(
        "UPDATE tokens SET last_used_at = ?1 WHERE id = ?2 AND (last_used_at IS NULL OR last_used_at < ?1)",
        [.integer(minute), .text(token.text)])
    }
  }
}
