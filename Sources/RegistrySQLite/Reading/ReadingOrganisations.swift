import Registry
import SQLiteKit

extension Organisation {
  /// The columns of `init(row:)`, in its order.
  static let columns: SQL = "seq, id, name, version, created_at, created_by"

  init(row: SQLiteStatement) {
    self.init(
      id: OrganisationID(stored: row.text(1)), name: row.text(2), version: row.integer(3),
      createdAt: row.timestamp(4), createdBy: Actor(stored: row.text(5)))
  }
}

extension SQLiteReader {
  /// Returns the greatest of all identifiers' bits; 0 without any.
  func maxIdentifier() throws(StoreError) -> UInt128 {
    try mappingErrors { () throws(SQLiteError) in
      let icc = try connection.text("SELECT max(id) FROM iccs").map { ICCID(stored: $0).bits }
      let token = try connection.text("SELECT max(id) FROM tokens").map { TokenID(stored: $0).bits }
      return max(icc ?? 0, token ?? 0)
    }
  }

  // Every create asks for its organisation: the statement is joined once.
  private static let organisationByID: SQL =
    "SELECT " + Organisation.columns + " FROM organisations WHERE id = ? AND deleted_at IS NULL"

  func organisation(_ id: OrganisationID) throws(StoreError) -> Organisation? {
    try mappingErrors { () throws(SQLiteError) in
      try connection.first(Self.organisationByID, [.text(id.text)], Organisation.init(row:))
    }
  }

  func organisations(_ page: PageRequest, in scope: Scope) throws(StoreError) -> Page<Organisation> {
    let (condition, values) = scope.condition("id")
    return try self.page(
      "SELECT " + Organisation.columns + " FROM organisations WHERE seq > ? AND deleted_at IS NULL AND" + condition
        + " ORDER BY seq LIMIT ?",
      [.integer(page.after)] + values, page, Organisation.init(row:))
  }
}
