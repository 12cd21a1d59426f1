import Registry
import SQLiteKit

extension HandOver {
  /// The columns of `init(row:)`, in its order, of `hand_overs AS h` joined with `iccs AS i`.
  static let columns: SQL = """
    h.id, i.id, i.organisation, h.permissions, h.created_at, h.created_by, h.expires_at, h.max_uses, h.uses, \
    h.last_used_at, h.revoked_at
    """

  init(row: SQLiteStatement) throws(SQLiteError) {
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

extension SQLiteReader {
  private static let handOvers: SQL = " FROM hand_overs AS h JOIN iccs AS i ON i.seq = h.icc"

  func handOver(_ hash: TokenHash) throws(StoreError) -> HandOver? {
    try mappingErrors { () throws(SQLiteError) in
      try connection.first(
        "SELECT " + HandOver.columns + Self.handOvers + " WHERE h.hash = ?", [.blob(hash.bytes)], HandOver.init(row:))
    }
  }

  func handOvers(of icc: ICCID, in scope: Scope) throws(StoreError) -> [HandOver] {
    let (inScope, scoped) = scope.condition("organisation")
    return try mappingErrors { () throws(SQLiteError) in
      try connection.rows(
        "SELECT " + HandOver.columns + Self.handOvers + " WHERE h.icc = (SELECT seq FROM iccs WHERE id = ? AND"
          + inScope + ") ORDER BY h.revoked_at IS NOT NULL OR h.uses >= h.max_uses, h.expires_at DESC, h.seq DESC"
          + " LIMIT ?",
        [.text(icc.text)] + scoped + [.integer(Int64(HandOverLifecycle.listed))], HandOver.init(row:))
    }
  }
}
