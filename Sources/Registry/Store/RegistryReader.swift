/// The reads of one transaction: all of them see one snapshot of the data.
package protocol RegistryReader {
  /// The cache that this reader keeps between snapshots; nil by default.
  var cache: ReadCache? { get }

  /// Returns the ICC with this identifier, live or deleted, if it is in scope.
  func icc(_ id: ICCID, in scope: Scope) throws(StoreError) -> ICC?
  /// Returns the version of the ICC with this identifier, live or deleted, if it is in scope.
  func version(of id: ICCID, in scope: Scope) throws(StoreError) -> Int64?
  /// Returns the organisation's live ICC with this name, ignoring case.
  func liveICC(named name: ICCName, in organisation: OrganisationID) throws(StoreError) -> ICC?
  /// Returns a page of the ICCs in scope that match the filter. Throws `tooBroad` if that takes
  /// longer than `filter.timeLimit`.
  func iccs(_ filter: ICCFilter, _ page: PageRequest, in scope: Scope) throws(StoreError) -> Page<ICC>
  /// Returns the first live ICCs, at most `limit`, of an ICC's organisation that name its role, in
  /// the order of their creation and without the ICC itself; none for a draft. Every create asks
  /// this.
  func iccs(sharingRoleOf icc: ICC, atMost limit: Int) throws(StoreError) -> [ICC]
  /// Returns a numbered page of the live ICCs in scope that meet the condition of the search.
  /// Throws `tooBroad` if that takes longer than `search.timeLimit`.
  func iccs(_ search: ICCSearch, in scope: Scope) throws(StoreError) -> NumberedPage<ICC>
  /// Returns the entry of an external ID, if this registry ever issued it and its ICC is in scope.
  func issuedExternalID(_ id: ExternalID, in scope: Scope) throws(StoreError) -> IssuedExternalID?
  /// Returns the use of a role by live ICCs, as seen from an organisation: for the alarm that only
  /// administrators see.
  func use(of role: UserARN, for organisation: OrganisationID) throws(StoreError) -> RoleUse

  /// Returns the number of live ICCs of an organisation, without counting them.
  func iccCount(of organisation: OrganisationID) throws(StoreError) -> Int
  /// Returns the number of live ICCs with each status that one has: of an organisation, or of all
  /// together. Nil if the organisation has more than `StoreStatistics.maxICCsToCount`: the counts
  /// of one organisation are not stored, so its ICCs are read.
  func iccCounts(of organisation: OrganisationID?) throws(StoreError) -> [ICCStatus: Int]?

  /// Returns a page of the verifications of one ICC in scope, newest first, each as
  /// `Verification.text`.
  func verifications(of icc: ICCID, _ page: PageRequest, in scope: Scope) throws(StoreError) -> Page<String>

  /// Returns the usages of an ICC in scope that have not expired at `time`, in the order of their
  /// keys.
  func usages(of icc: ICCID, at time: Timestamp, in scope: Scope) throws(StoreError) -> [Usage]

  /// Returns the hand-over whose link has a secret of this hash, also if it is revoked, expired or
  /// used up. Only the hash identifies a link, so a scope is not needed.
  func handOver(_ hash: TokenHash) throws(StoreError) -> HandOver?
  /// Returns hand-overs of an ICC in scope, at most `HandOverLifecycle.listed`: those that are
  /// neither revoked nor used up first, and of these the one that ends last. So all open ones are
  /// among them, however many others there are.
  func handOvers(of icc: ICCID, in scope: Scope) throws(StoreError) -> [HandOver]

  /// Returns the token with this hash, also if it is expired or revoked.
  func token(_ hash: TokenHash) throws(StoreError) -> Token?
  /// Returns the token with this identifier, also if it is expired or revoked.
  func token(_ id: TokenID) throws(StoreError) -> Token?
  /// Returns a page of the tokens in scope, as `Scope.contains` decides.
  func tokens(_ page: PageRequest, in scope: Scope) throws(StoreError) -> Page<Token>
  /// Returns those of this token, the tokens that it has made, those that these have made, and so
  /// on, that are not revoked, in the order of their creation. Must not read all tokens.
  func unrevokedTokens(fromMaker token: TokenID) throws(StoreError) -> [Token]
  /// Returns the tokens of an organisation that are not revoked, also those of several with it, or
  /// those that `maker` has made, or those of both, in the order of their creation.
  func unrevokedTokens(of organisation: OrganisationID?, madeBy maker: Actor?) throws(StoreError) -> [Token]

  /// Returns the number of an organisation's tokens that are valid at `now`, or `limit` if there
  /// are more.
  func validTokenCount(of organisation: OrganisationID, at now: Timestamp, upTo limit: Int) throws(StoreError) -> Int

  /// Returns the organisation with this identifier, unless it is deleted.
  func organisation(_ id: OrganisationID) throws(StoreError) -> Organisation?
  /// Returns a page of the organisations in scope that are not deleted.
  func organisations(_ page: PageRequest, in scope: Scope) throws(StoreError) -> Page<Organisation>

  /// Returns a page of the events of one ICC in scope that the audience may see.
  func events(
    of icc: ICCID, _ page: PageRequest, in scope: Scope, for audience: EventAudience
  ) throws(StoreError) -> Page<AuditEvent>
  /// Returns a page of all events in scope that the audience may see, in commit order.
  func events(
    _ page: PageRequest, in scope: Scope, for audience: EventAudience
  ) throws(StoreError) -> Page<AuditEvent>

  /// Returns the end of the audit trail.
  func auditHead() throws(StoreError) -> AuditHead

  /// Returns the key that seals cursors: 32 random bytes that stay the same for this database.
  func cursorKey() throws(StoreError) -> [UInt8]

  /// Returns the stored response to this token's key, however old it is.
  func idempotencyRecord(token: TokenID, key: String) throws(StoreError) -> IdempotencyRecord?
  /// Returns the number of stored responses to this token's keys, without counting them.
  func idempotencyRecordCount(of token: TokenID) throws(StoreError) -> Int
}
