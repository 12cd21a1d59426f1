import Registry
import SQLiteKit

extension Token {
  /// The columns of `init(row:)`, in its order.
  static let columns: SQL =
    "seq, id, name, role, organisation, created_at, created_by, expires_at, revoked_at, last_used_at, last_four"

  convenience init(row: SQLiteStatement) throws(SQLiteError) {
    guard let role = Role(rawValue: row.text(3)) else { throw .unreadable("tokens.role") }
    self.init(
      id: TokenID(stored: row.text(1)), name: row.text(2), role: role,
      organisation: row.textOrNil(4).map(OrganisationID.init(stored:)), lastFour: row.textOrNil(10),
      createdAt: row.timestamp(5), createdBy: Actor(stored: row.text(6)), expiresAt: row.timestampOrNil(7),
      revokedAt: row.timestampOrNil(8),
      lastUsedAt: row.timestampOrNil(9))
  }
}

extension SQLiteReader {
  func token(_ hash: TokenHash) throws(StoreError) -> Token? {
    try mappingErrors { () throws(SQLiteError) -> Token? in
      defer { tokenByHash.reset() }
      try tokenByHash.bind(hash.bytes, at: 1)
      return try tokenByHash.step() ? try Token(row: tokenByHash) : nil
    }
  }

  func token(_ id: TokenID) throws(StoreError) -> Token? {
    try mappingErrors { () throws(SQLiteError) in
      try connection.first(
        "SELECT " + Token.columns + " FROM tokens WHERE id = ?", [.text(id.text)], Token.init(row:))
    }
  }

  func unrevokedTokens(fromMaker token: TokenID) throws(StoreError) -> [Token] {
    try mappingErrors { () throws(SQLiteError) in
      try connection.rows(
        "WITH RECURSIVE made (id) AS ("
          + "VALUES (?) UNION SELECT t.id FROM made JOIN tokens AS t ON t.created_by = made.id) SELECT " + Token.columns
          + " FROM tokens WHERE id IN made AND revoked_at IS NULL ORDER BY seq",
        [.text(token.text)], Token.init(row:))
    }
  }

  func unrevokedTokens(of organisation: OrganisationID?, madeBy maker: Actor?) throws(StoreError) -> [Token] {
    let ofOrganisation: SQL = organisation == nil ? "" : " AND organisation = ?"
    let ofMaker: SQL = maker == nil ? "" : " AND created_by = ?"
    let values = [organisation?.text, maker?.text].compactMap(\.self).map(SQLiteValue.text)
    return try mappingErrors { () throws(SQLiteError) in
      try connection.rows(
        "SELECT " + Token.columns + " FROM tokens WHERE revoked_at IS NULL" + ofOrganisation + ofMaker
          + " ORDER BY seq", values, Token.init(row:))
    }
  }

  func tokens(_ page: PageRequest) throws(StoreError) -> Page<Token> {
    try self.page(
      "SELECT " + Token.columns + " FROM tokens WHERE seq > ? ORDER BY seq LIMIT ?", [.integer(page.after)], page,
      Token.init(row:))
  }
}
