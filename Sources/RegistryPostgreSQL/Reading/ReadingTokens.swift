import PostgreSQLKit
import Registry
import System

extension Token {
  /// The columns of `init(row:)`, in its order.
  static let columns: PostgreSQLQuery = """
    seq, id, name, role, organisation, created_at, created_by, expires_at, revoked_at, last_used_at, last_four, \
    organisations, address_blocks
    """

  convenience init(row: PostgreSQLRow) throws(PostgreSQLError) {
    guard let role = Role(rawValue: row.text(3)) else { throw .unreadable("tokens.role") }
    self.init(
      id: TokenID(stored: row.text(1)), name: row.text(2), role: role,
      organisations: Self.organisations(row), addressBlocks: try Self.addressBlocks(row),
      lastFour: row.textOrNil(10), createdAt: row.timestamp(5), createdBy: Actor(stored: row.text(6)),
      expiresAt: row.timestampOrNil(7), revokedAt: row.timestampOrNil(8), lastUsedAt: row.timestampOrNil(9))
  }

  private static func organisations(_ row: PostgreSQLRow) -> [OrganisationID] {
    if let one = row.textOrNil(4) { return [OrganisationID(stored: one)] }
    return row.text(11).split(separator: " ").map { OrganisationID(stored: String($0)) }
  }

  /// Blocks that are all readable: a lost one must not open the token to all addresses.
  private static func addressBlocks(_ row: PostgreSQLRow) throws(PostgreSQLError) -> [AddressBlock] {
    guard let text = row.textOrNil(12) else { return [] }
    let words = text.split(separator: " ")
    let blocks = words.compactMap { AddressBlock(String($0)) }
    guard !blocks.isEmpty, blocks.count == words.count else { throw .unreadable("tokens.address_blocks") }
    return blocks
  }
}

extension PostgreSQLReader {
  func token(_ hash: TokenHash) throws(StoreError) -> Token? {
    try first("SELECT \(Token.columns) FROM tokens WHERE hash = \(hash.bytes)", Token.init(row:))
  }

  func token(_ id: TokenID) throws(StoreError) -> Token? {
    try first("SELECT \(Token.columns) FROM tokens WHERE id = \(id.text)", Token.init(row:))
  }

  func tokens(_ page: PageRequest, in scope: Scope) throws(StoreError) -> Page<Token> {
    try self.page(
      "SELECT \(Token.columns) FROM tokens WHERE seq > \(page.after) AND \(scope.conditionOnTokens) ORDER BY seq", page,
      Token.init(row:))
  }

  func unrevokedTokens(fromMaker token: TokenID) throws(StoreError) -> [Token] {
    try rows(
      """
      WITH RECURSIVE made (id) AS (
        SELECT \(token.text)::text COLLATE "C"
        UNION SELECT t.id FROM made JOIN tokens AS t ON t.created_by = made.id)
      SELECT \(Token.columns) FROM tokens WHERE id IN (SELECT id FROM made) AND revoked_at IS NULL ORDER BY seq
      """, Token.init(row:))
  }

  func unrevokedTokens(of organisation: OrganisationID?, madeBy maker: Actor?) throws(StoreError) -> [Token] {
    var query: PostgreSQLQuery = "SELECT \(Token.columns) FROM tokens WHERE revoked_at IS NULL"
    if let maker { query += " AND created_by = \(maker.text)" }
    if let organisation {
      query += " AND (organisation = \(organisation.text)"
      query += " OR strpos(organisations, ' ' || \(organisation.text) || ' ') > 0)"
    }
    return try rows("\(query) ORDER BY seq", Token.init(row:))
  }

  func validTokenCount(of organisation: OrganisationID, at now: Timestamp, upTo limit: Int) throws(StoreError) -> Int {
    let count = try first(
      """
      SELECT count(*) FROM (SELECT 1 FROM tokens WHERE organisation = \(organisation.text) AND revoked_at IS NULL
        AND (expires_at IS NULL OR expires_at > \(now.milliseconds)) LIMIT \(limit)) AS valid
      """
    ) { $0.integer(0) }
    return Int(count ?? 0)
  }
}
