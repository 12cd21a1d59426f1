/// What can be read in one transaction: everything comes from one snapshot of the data.
package protocol RegistryReader {
  /// The ICC of this identifier, live or deleted, if it is in scope.
  func icc(_ id: ICCID, in scope: Scope) throws(StoreError) -> ICC?
  /// The ICC of this identifier as `render` writes it, live or deleted, if it is in scope. A store may give what an earlier
  /// call's `render` made of the same ICC in the same scope: it has to be a function of the ICC alone, and always the same one.
  func renderedICC(_ id: ICCID, in scope: Scope, _ render: (ICC) -> [UInt8]) throws(StoreError) -> RenderedICC?
  /// The organisation's live ICC of this name, ignoring case.
  func liveICC(named name: ICCName, in organisation: OrganisationID) throws(StoreError) -> ICC?
  /// A page of the ICCs in scope that pass the filter.
  func iccs(_ filter: ICCFilter, _ page: PageRequest, in scope: Scope) throws(StoreError) -> Page<ICC>
  /// The entry of an external ID, if it was ever issued by this registry and its ICC is in scope.
  func issuedExternalID(_ id: ExternalID, in scope: Scope) throws(StoreError) -> IssuedExternalID?
  /// Whether a live ICC of any other organisation names this role: for the event that only administrators see.
  func isUserARN(_ arn: UserARN, usedOutside organisation: OrganisationID) throws(StoreError) -> Bool

  /// A page of the verifications of one ICC in scope, the newest first, each as `Verification.text` had it.
  func verifications(of icc: ICCID, _ page: PageRequest, in scope: Scope) throws(StoreError) -> Page<String>

  /// The token of this hash, whatever its state.
  func token(_ hash: TokenHash) throws(StoreError) -> Token?
  /// The same where it is known without asking the database, as of this very snapshot; nil says nothing.
  func keptToken(_ hash: TokenHash) -> Token?
  /// The token of this identifier, whatever its state.
  func token(_ id: TokenID) throws(StoreError) -> Token?
  /// A page of all tokens.
  func tokens(_ page: PageRequest) throws(StoreError) -> Page<Token>

  /// The organisation of this identifier.
  func organisation(_ id: OrganisationID) throws(StoreError) -> Organisation?
  /// A page of all organisations.
  func organisations(_ page: PageRequest) throws(StoreError) -> Page<Organisation>

  /// A page of the events of one ICC in scope; without those for administrators only, unless they are asked for.
  func events(
    of icc: ICCID, _ page: PageRequest, in scope: Scope, includingAdministrators: Bool
  ) throws(StoreError) -> Page<AuditEvent>
  /// A page of all events in scope, in commit order; without those for administrators only, unless they are asked for.
  func events(
    _ page: PageRequest, in scope: Scope, includingAdministrators: Bool
  ) throws(StoreError) -> Page<AuditEvent>

  /// The stored response to this key of this token, however old.
  func idempotencyRecord(token: TokenID, key: String) throws(StoreError) -> IdempotencyRecord?
}
