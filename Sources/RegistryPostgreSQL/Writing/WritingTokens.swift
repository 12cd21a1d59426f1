import PostgreSQLKit
import Registry
import System

extension PostgreSQLWriter {
  func insert(_ token: Token, hash: TokenHash) throws(StoreError) {
    let organisations = Self.words(token.organisation == nil ? token.organisations.map { $0.text } : [])
    try change(
      """
      INSERT INTO tokens (id, hash, name, role, organisation, created_at, created_by, expires_at, revoked_at,
        last_used_at, last_four, organisations, address_blocks)
      VALUES (\(token.id.text), \(hash.bytes), \(token.name), \(token.role.rawValue), \(token.organisation?.text),
        \(token.createdAt.milliseconds), \(token.createdBy.text), \(token.expiresAt?.milliseconds),
        \(token.revokedAt?.milliseconds), \(token.lastUsedAt?.milliseconds), \(token.lastFour), \(organisations),
        \(Self.words(token.addressBlocks.map { $0.description })))
      """)
  }

  /// Words with a space before, between and after them; nil for none.
  private static func words(_ words: [String]) -> String? {
    words.isEmpty ? nil : " " + words.joined(separator: " ") + " "
  }

  func revoke(_ token: TokenID, at time: Timestamp) throws(StoreError) {
    try change(
      "UPDATE tokens SET revoked_at = \(time.milliseconds) WHERE id = \(token.text) AND revoked_at IS NULL")
  }

  func noteUses(_ uses: [TokenID: Timestamp]) throws(StoreError) {
    for (token, time) in uses.sorted(by: { $0.key < $1.key }) {
      let minute = time.milliseconds - time.milliseconds % 60_000
      try change(
        """
        UPDATE tokens SET last_used_at = \(minute)
        WHERE id = \(token.text) AND (last_used_at IS NULL OR last_used_at < \(minute))
        """)
    }
  }
}
