import PostgreSQLKit
import Registry

extension PostgreSQLReader {
  func icc(_ id: ICCID, in scope: Scope) throws(StoreError) -> ICC? {
    try first(
      "SELECT \(ICC.columns) FROM iccs WHERE id = \(id.text) AND \(scope.condition("organisation"))", ICC.init(row:))
  }

  func version(of id: ICCID, in scope: Scope) throws(StoreError) -> Int64? {
    try first("SELECT version FROM iccs WHERE id = \(id.text) AND \(scope.condition("organisation"))") {
      $0.integer(0)
    }
  }

  func liveICC(named name: ICCName, in organisation: OrganisationID) throws(StoreError) -> ICC? {
    try first(
      """
      SELECT \(ICC.columns) FROM iccs
      WHERE organisation = \(organisation.text) AND name_folded = \(name.text.folded) AND deleted_at IS NULL
      """, ICC.init(row:))
  }

  func iccs(_ filter: ICCFilter, _ page: PageRequest, in scope: Scope) throws(StoreError) -> Page<ICC> {
    try self.page(
      ICCQuery(filter, page, scope).query, page, timeLimit: filter.timeLimit, key: { $0.text(ICCQuery.keyColumn) },
      ICC.init(row:))
  }

  func issuedExternalID(_ id: ExternalID, in scope: Scope) throws(StoreError) -> IssuedExternalID? {
    try first(
      """
      SELECT i.id, i.organisation, e.state, e.issued_at, e.retired_at
      FROM external_ids AS e JOIN iccs AS i ON i.seq = e.icc
      WHERE e.external_id = \(id.bytes) AND \(scope.condition("i.organisation"))
      """
    ) { row throws(PostgreSQLError) in
      guard let state = IssuedExternalID.State(rawValue: row.text(2)) else { throw .unreadable("external_ids.state") }
      return IssuedExternalID(
        icc: ICCID(stored: row.text(0)), organisation: OrganisationID(stored: row.text(1)), state: state,
        issuedAt: row.timestamp(3), retiredAt: row.timestampOrNil(4))
    }
  }

  func use(of role: UserARN, for organisation: OrganisationID) throws(StoreError) -> RoleUse {
    let iccs: PostgreSQLQuery = "SELECT 1 FROM iccs WHERE deleted_at IS NULL AND user_arn = \(role.text)"
    let elsewhere: PostgreSQLQuery = "\(iccs) AND organisation <> \(organisation.text)"
    let here: PostgreSQLQuery = "\(iccs) AND organisation = \(organisation.text)"
    let use = try first(
      """
      SELECT EXISTS (\(elsewhere)), EXISTS (\(elsewhere) AND NOT held), EXISTS (\(here) AND NOT held)
      """
    ) { row in
      RoleUse(
        isElsewhere: row.integer(0) == 1, isEstablishedElsewhere: row.integer(1) == 1,
        isEstablishedHere: row.integer(2) == 1)
    }
    guard let use, use.isElsewhere else { return RoleUse() }
    return use
  }
}
