import PostgreSQLKit
import Registry

extension HandOver {
  /// The columns of `init(row:)`, in its order, of `hand_overs AS h` joined with `iccs AS i`.
  static let columns: PostgreSQLQuery = """
    h.id, i.id, i.organisation, h.permissions, h.created_at, h.created_by, h.expires_at, h.max_uses, h.uses, \
    h.last_used_at, h.revoked_at
    """

  init(row: PostgreSQLRow) throws(PostgreSQLError) {
    let words = (row.textOrNil(3) ?? "").split(separator: " ")
    let permissions = words.compactMap { HandOverPermission(rawValue: String($0)) }
    guard permissions.count == words.count else { throw .unreadable("hand_overs.permissions") }
    self.init(
      id: HandOverID(stored: row.text(0)), icc: ICCID(stored: row.text(1)),
      organisation: OrganisationID(stored: row.text(2)), permissions: Set(permissions), createdAt: row.timestamp(4),
      createdBy: Actor(stored: row.text(5)), expiresAt: row.timestamp(6), maxUses: row.integer(7),
      uses: row.integer(8), lastUsedAt: row.timestampOrNil(9), revokedAt: row.timestampOrNil(10))
  }
}

extension PostgreSQLReader {
  func handOver(_ hash: TokenHash) throws(StoreError) -> HandOver? {
    try first(
      """
      SELECT \(HandOver.columns) FROM hand_overs AS h JOIN iccs AS i ON i.seq = h.icc WHERE h.hash = \(hash.bytes)
      """, HandOver.init(row:))
  }

  func handOvers(of icc: ICCID, in scope: Scope) throws(StoreError) -> [HandOver] {
    try rows(
      """
      SELECT \(HandOver.columns) FROM hand_overs AS h JOIN iccs AS i ON i.seq = h.icc
      WHERE h.icc = (SELECT seq FROM iccs WHERE id = \(icc.text) AND \(scope.condition("organisation")))
      ORDER BY (h.revoked_at IS NOT NULL OR h.uses >= h.max_uses), h.expires_at DESC, h.seq DESC
      LIMIT \(HandOverLifecycle.listed)
      """, HandOver.init(row:))
  }
}
