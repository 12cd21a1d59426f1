import Registry
import SQLiteKit

extension SQLiteReader {
  func icc(_ id: ICCID, in scope: Scope) throws(StoreError) -> ICC? {
    try mappingErrors { () throws(SQLiteError) in
      try first(id, in: scope, all: iccByID, one: iccByIDInOrganisation, ICC.columns, ICC.init(row:))
    }
  }

  func version(of id: ICCID, in scope: Scope) throws(StoreError) -> Int64? {
    try mappingErrors { () throws(SQLiteError) in
      try first(id, in: scope, all: versionByID, one: versionByIDInOrganisation, "version") { $0.integer(0) }
    }
  }

  /// Reads columns of an ICC in scope, by a prepared statement for all organisations or for one.
  /// For several it makes one probe for each, as if there were as many callers: so the work does
  /// not depend on another organisation's rows.
  private func first<Value>(
    _ id: ICCID, in scope: Scope, all: SQLiteStatement, one: SQLiteStatement, _ columns: SQL,
    _ read: (SQLiteStatement) throws(SQLiteError) -> Value
  ) throws(SQLiteError) -> Value? {
    let statement: SQLiteStatement
    switch scope {
    case .all:
      statement = all
    case .organisation(let organisation):
      statement = one
      try statement.bind(organisation.text, at: 2)
    case .organisations:
      let (condition, values) = scope.condition("organisation")
      let sql = "SELECT " + columns + " FROM " + scope.iccs + " WHERE id = ? AND" + condition
      return try connection.first(sql, [.text(id.text)] + values, read)
    }
    defer { statement.reset() }
    try statement.bind(id.text, at: 1)
    return try statement.step() ? try read(statement) : nil
  }

  // The statements of a create are joined once, and not for each.
  private static let liveByName: SQL =
    "SELECT " + ICC.columns + " FROM iccs WHERE organisation = ? AND name_folded = ? AND deleted_at IS NULL"
  private static let sharingRole: SQL =
    "SELECT " + ICC.columns + " FROM iccs WHERE" + onRole + " AND organisation = ?2 AND id <> ?3 ORDER BY seq LIMIT ?4"
  private static let onRole: SQL = " user_arn IS NOT NULL AND deleted_at IS NULL AND user_arn = ?1"
  private static let isElsewhere = isNamed(" AND organisation < ?2", or: " AND organisation > ?2")
  private static let isEstablishedElsewhere =
    isNamed(" AND organisation < ?2 AND held = 0", or: " AND organisation > ?2 AND held = 0")
  private static let isEstablishedHere = isNamed(" AND organisation = ?2 AND held = 0", or: " AND 0")

  /// Returns the question whether a live ICC that meets one of the two conditions names a role.
  private static func isNamed(_ first: SQL, or second: SQL) -> SQL {
    let iccs: SQL = "SELECT 1 FROM iccs WHERE" + onRole
    return "SELECT EXISTS (" + iccs + first + ") OR EXISTS (" + iccs + second + ")"
  }

  func liveICC(named name: ICCName, in organisation: OrganisationID) throws(StoreError) -> ICC? {
    try mappingErrors { () throws(SQLiteError) in
      try connection.first(
        Self.liveByName, [.text(organisation.text), .text(name.text.folded)], ICC.init(row:))
    }
  }

  /// A range of the index `iccs_live_user_arns` in its order.
  func iccs(sharingRoleOf icc: ICC, atMost limit: Int) throws(StoreError) -> [ICC] {
    guard let role = icc.userARN else { return [] }
    return try mappingErrors { () throws(SQLiteError) in
      try connection.rows(
        Self.sharingRole,
        [.text(role.text), .text(icc.organisation.text), .text(icc.id.text), .integer(Int64(limit))], ICC.init(row:))
    }
  }

  func iccs(_ filter: ICCFilter, _ page: PageRequest, in scope: Scope) throws(StoreError) -> Page<ICC> {
    let query = ICCQuery(filter, page, scope)
    return try self.page(
      query.sql, query.values, page, timeLimit: filter.timeLimit, key: { $0.text(ICCQuery.keyColumn) }, ICC.init(row:))
  }

  /// Reads the first external ID at or after this one, and multiplies its row by 0 if it is a
  /// different one; no ICC has row 0. So an ID issued to another organisation and one that was
  /// never issued take the same steps, and no row of another organisation is read. `instr` of two
  /// blobs of one length is 1 or 0 without a jump, unlike `=`.
  func issuedExternalID(_ id: ExternalID, in scope: Scope) throws(StoreError) -> IssuedExternalID? {
    let (condition, values) = scope.condition("i.organisation")
    // By its row alone another organisation's ICC would be read, and then found to be one.
    let iccs: SQL = scope == .all ? "iccs AS i" : "iccs AS i INDEXED BY iccs_organisation"
    return try mappingErrors { () throws(SQLiteError) in
      try connection.first(
        "SELECT i.id, i.organisation, e.state, e.issued_at, e.retired_at FROM " + iccs + """
           CROSS JOIN external_ids AS e ON e.external_id = ?1
          WHERE i.seq = (SELECT icc * instr(external_id, ?1) FROM external_ids WHERE external_id >= ?1
            ORDER BY external_id LIMIT 1) AND
          """ + condition, [.blob(id.bytes)] + values
      ) { row throws(SQLiteError) in
        guard let state = IssuedExternalID.State(rawValue: row.text(2)) else { throw .unreadable("external_ids.state") }
        return IssuedExternalID(
          icc: ICCID(stored: row.text(0)), organisation: OrganisationID(stored: row.text(1)), state: state,
          issuedAt: row.timestamp(3), retiredAt: row.timestampOrNil(4))
      }
    }
  }

  /// Mostly one search of two ranges of the index `iccs_live_user_arns`. With `<>` it would read
  /// every ICC of the organisation with that role
  /// (https://sqlite.org/optoverview.html#where_clause_analysis).
  func use(of role: UserARN, for organisation: OrganisationID) throws(StoreError) -> RoleUse {
    try mappingErrors { () throws(SQLiteError) in
      let isTrue = { (sql: SQL) throws(SQLiteError) in
        try self.connection.integer(sql, .text(role.text), .text(organisation.text)) == 1
      }
      guard try isTrue(Self.isElsewhere) else { return RoleUse() }
      return RoleUse(
        isElsewhere: true, isEstablishedElsewhere: try isTrue(Self.isEstablishedElsewhere),
        isEstablishedHere: try isTrue(Self.isEstablishedHere))
    }
  }
}
