import PostgreSQLKit
import Registry

extension Organisation {
  /// The columns of `init(row:)`, in its order.
  static let columns: PostgreSQLQuery = "seq, id, name, version, created_at, created_by"

  init(row: PostgreSQLRow) {
    self.init(
      id: OrganisationID(stored: row.text(1)), name: row.text(2), version: row.integer(3),
      createdAt: row.timestamp(4), createdBy: Actor(stored: row.text(5)))
  }
}

extension PostgreSQLReader {
  func organisation(_ id: OrganisationID) throws(StoreError) -> Organisation? {
    try first(
      "SELECT \(Organisation.columns) FROM organisations WHERE id = \(id.text) AND deleted_at IS NULL",
      Organisation.init(row:))
  }

  func organisations(_ page: PageRequest, in scope: Scope) throws(StoreError) -> Page<Organisation> {
    try self.page(
      """
      SELECT \(Organisation.columns) FROM organisations
      WHERE seq > \(page.after) AND deleted_at IS NULL AND \(scope.condition("id")) ORDER BY seq
      """, page, Organisation.init(row:))
  }

  /// Returns the greatest of all identifiers' bits; 0 without any.
  func maxIdentifier() throws(StoreError) -> UInt128 {
    let icc = try first("SELECT max(id) FROM iccs") { $0.textOrNil(0) }
    let token = try first("SELECT max(id) FROM tokens") { $0.textOrNil(0) }
    return max((icc ?? nil).map { ICCID(stored: $0).bits } ?? 0, (token ?? nil).map { TokenID(stored: $0).bits } ?? 0)
  }

  func cursorKey() throws(StoreError) -> [UInt8] {
    let key = try first("SELECT value FROM secrets WHERE name = 'cursors'") { $0.bytes(0) }
    return try mappingErrors { () throws(PostgreSQLError) in
      guard let key else { throw .unreadable("secrets.cursors") }
      return key
    }
  }
}
