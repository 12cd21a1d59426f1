import Registry
import SQLiteKit

extension SQLiteReader {
  func icc(_ id: ICCID, in scope: Scope) throws(StoreError) -> ICC? {
    try answering { () throws(SQLiteError) -> ICC? in
      let statement: SQLiteStatement
      switch scope {
      case .all:
        statement = iccByID
      case .organisation(let organisation):
        statement = iccByIDInOrganisation
        try statement.bind(organisation.text, at: 2)
      }
      defer { statement.reset() }
      try statement.bind(id.text, at: 1)
      return try statement.step() ? try ICC(row: statement) : nil
    }
  }

  func renderedICC(
    _ id: ICCID, in scope: Scope, _ render: (ICC) -> [UInt8]
  ) throws(StoreError) -> RenderedICC? {
    guard let kept else { return try rendered(id, scope, render) }
    return try kept.icc(id, in: scope) { () throws(StoreError) in
      try version(id, scope)
    } _: { () throws(StoreError) in
      try rendered(id, scope, render)
    }
  }

  private func version(_ id: ICCID, _ scope: Scope) throws(StoreError) -> Int64? {
    try answering { () throws(SQLiteError) -> Int64? in
      let statement: SQLiteStatement
      switch scope {
      case .all:
        statement = versionByID
      case .organisation(let organisation):
        statement = versionByIDInOrganisation
        try statement.bind(organisation.text, at: 2)
      }
      defer { statement.reset() }
      try statement.bind(id.text, at: 1)
      return try statement.step() ? statement.integer(0) : nil
    }
  }

  private func rendered(
    _ id: ICCID, _ scope: Scope, _ render: (ICC) -> [UInt8]
  ) throws(StoreError) -> RenderedICC? {
    try icc(id, in: scope).map { RenderedICC($0, render($0)) }
  }

  func liveICC(named name: ICCName, in organisation: OrganisationID) throws(StoreError) -> ICC? {
    try answering { () throws(SQLiteError) in
      try connection.first(
        "SELECT " + ICC.columns + " FROM iccs WHERE organisation = ? AND name_folded = ? AND deleted_at IS NULL",
        [.text(organisation.text), .text(name.text.folded)], ICC.init(row:))
    }
  }

  func iccs(_ filter: ICCFilter, _ page: PageRequest, in scope: Scope) throws(StoreError) -> Page<ICC> {
    let query = ICCQuery(filter, page, scope)
    return try self.page(query.sql, query.values, page, ICC.init(row:))
  }

  /// The first external ID at or after this one is read whether it is this one or not, and gives the row 0, which no ICC has,
  /// where it is not: so one that was issued to another organisation and one that never was take the same steps, and no row
  /// of another organisation's is read. Of two blobs of one length `instr` is 1 or 0 without a jump, which `=` is not.
  func issuedExternalID(_ id: ExternalID, in scope: Scope) throws(StoreError) -> IssuedExternalID? {
    let (condition, values) = scope.condition("i.organisation")
    // By its row alone another organisation's ICC would be read, and then found to be one.
    let iccs: SQL = scope == .all ? "iccs AS i" : "iccs AS i INDEXED BY iccs_organisation"
    return try answering { () throws(SQLiteError) in
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
          issuedAt: row.moment(3), retiredAt: row.momentOrNil(4))
      }
    }
  }

  /// Two ranges of the index `iccs_live_user_arns` instead of `<>`, which would walk every ICC of the organisation itself
  /// on that role (https://sqlite.org/optoverview.html#where_clause_analysis).
  func isUserARN(_ arn: UserARN, usedOutside organisation: OrganisationID) throws(StoreError) -> Bool {
    try answering { () throws(SQLiteError) in
      try connection.integer(
        """
        SELECT EXISTS (SELECT 1 FROM iccs
            WHERE user_arn IS NOT NULL AND deleted_at IS NULL AND user_arn = ?1 AND organisation < ?2)
          OR EXISTS (SELECT 1 FROM iccs
            WHERE user_arn IS NOT NULL AND deleted_at IS NULL AND user_arn = ?1 AND organisation > ?2)
        """, .text(arn.text), .text(organisation.text)) == 1
    }
  }
}
