import Registry
import SQLiteKit
import System

extension Token {
  /// The columns of `init(row:)`, in its order.
  static let columns: SQL = """
    seq, id, name, role, organisation, created_at, created_by, expires_at, revoked_at, last_used_at, last_four, \
    organisations, address_blocks
    """

  convenience init(row: SQLiteStatement) throws(SQLiteError) {
    guard let role = Role(rawValue: row.text(3)) else { throw .unreadable("tokens.role") }
    self.init(
      id: TokenID(stored: row.text(1)), name: row.text(2), role: role,
      organisations: Self.organisations(row), addressBlocks: try Self.addressBlocks(row),
      lastFour: row.textOrNil(10), createdAt: row.timestamp(5), createdBy: Actor(stored: row.text(6)),
      expiresAt: row.timestampOrNil(7), revokedAt: row.timestampOrNil(8), lastUsedAt: row.timestampOrNil(9))
  }

  private static func organisations(_ row: SQLiteStatement) -> [OrganisationID] {
    if let one = row.textOrNil(4) { return [OrganisationID(stored: one)] }
    return (row.textOrNil(11) ?? "").split(separator: " ").map { OrganisationID(stored: String($0)) }
  }

  /// Blocks that are all readable: a lost one must not open the token to all addresses.
  private static func addressBlocks(_ row: SQLiteStatement) throws(SQLiteError) -> [AddressBlock] {
    guard let text = row.textOrNil(12) else { return [] }
    let words = text.split(separator: " ")
    let blocks = words.compactMap { AddressBlock(String($0)) }
    guard !blocks.isEmpty, blocks.count == words.count else { throw .unreadable("tokens.address_blocks") }
    return blocks
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

  // Every change asks whether its token is still valid: the statement is joined once.
  private static let tokenByID: SQL = "SELECT " + Token.columns + " FROM tokens WHERE id = ?"

  func token(_ id: TokenID) throws(StoreError) -> Token? {
    try mappingErrors { () throws(SQLiteError) in
      try connection.first(Self.tokenByID, [.text(id.text)], Token.init(row:))
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
    let select = "SELECT " + Token.columns + " FROM tokens"
    let rest = " WHERE revoked_at IS NULL" + (maker == nil ? "" : " AND created_by = ?2") as SQL
    let sql =
      organisation == nil
      ? select + rest + " ORDER BY seq"
      : select + rest + " AND organisation IS NOT NULL AND organisation = ?1 UNION ALL " + select
        + " INDEXED BY tokens_of_several_organisations" + rest
        + " AND organisations IS NOT NULL AND instr(organisations, ' ' || ?1 || ' ') > 0"
        + " ORDER BY 1"
    let values = [organisation?.text, maker?.text].prefix(maker == nil ? (organisation == nil ? 0 : 1) : 2)
    return try mappingErrors { () throws(SQLiteError) in
      try connection.rows(sql, values.map(SQLiteValue.text(orNull:)), Token.init(row:))
    }
  }

  func tokens(_ page: PageRequest, in scope: Scope) throws(StoreError) -> Page<Token> {
    let (condition, values) = scope.conditionOnTokens
    return try self.page(
      "SELECT " + Token.columns + " FROM tokens WHERE seq > ? AND" + condition + " ORDER BY seq LIMIT ?",
      [.integer(page.after)] + values, page, Token.init(row:))
  }
}
