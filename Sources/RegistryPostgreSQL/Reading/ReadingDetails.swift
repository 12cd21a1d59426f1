import PostgreSQLKit
import Registry

/// The rows that belong to an ICC or a token.
extension PostgreSQLReader {
  /// Newest first: the page starts below the last number seen; 0 is the first page, as in every
  /// list.
  func verifications(of icc: ICCID, _ page: PageRequest, in scope: Scope) throws(StoreError) -> Page<String> {
    try self.page(
      """
      SELECT seq, document FROM verifications
      WHERE icc = (SELECT seq FROM iccs WHERE id = \(icc.text) AND \(scope.condition("organisation")))
        AND seq < \(page.after == 0 ? .max : page.after) ORDER BY seq DESC
      """, page
    ) { row in row.text(1) }
  }

  func usages(of icc: ICCID, at time: Timestamp, in scope: Scope) throws(StoreError) -> [Usage] {
    try rows(
      """
      SELECT key, description, expires_at, created_at, created_by FROM usages
      WHERE icc = (SELECT seq FROM iccs WHERE id = \(icc.text) AND \(scope.condition("organisation")))
        AND expires_at > \(time.milliseconds) ORDER BY key
      """
    ) { row in
      Usage(
        key: UsageKey(stored: row.text(0)), description: ICCDescription(stored: row.text(1)),
        expiresAt: row.timestamp(2), createdAt: row.timestamp(3), createdBy: Actor(stored: row.text(4)))
    }
  }

  func idempotencyRecord(token: TokenID, key: String) throws(StoreError) -> IdempotencyRecord? {
    try first(
      """
      SELECT fingerprint, created_at, status, location, entity_tag, body FROM idempotency_keys
      WHERE token = \(token.text) AND key = \(key)
      """
    ) { row in
      IdempotencyRecord(
        token: token, key: key, fingerprint: row.bytes(0), createdAt: row.timestamp(1), status: Int(row.integer(2)),
        location: row.textOrNil(3), entityTag: row.textOrNil(4), body: row.bytes(5))
    }
  }

  func iccCount(of organisation: OrganisationID) throws(StoreError) -> Int {
    try first("SELECT iccs FROM organisation_counts WHERE organisation = \(organisation.text)") {
      Int($0.integer(0))
    } ?? 0
  }

  func idempotencyRecordCount(of token: TokenID) throws(StoreError) -> Int {
    try first("SELECT idempotency_keys FROM token_counts WHERE token = \(token.text)") { Int($0.integer(0)) } ?? 0
  }
}
