/// What can be read and written in one transaction of the one writer: nothing else is written between its steps.
package protocol RegistryWriter: RegistryReader {
  /// Stores a new ICC, and its external ID among those ever issued.
  func insert(_ icc: ICC) throws(StoreError)
  /// Stores a changed ICC. External IDs that are new to it become pending, or live where they are its current one;
  /// those that it no longer has are retired at `updatedAt`.
  func update(_ icc: ICC) throws(StoreError)

  /// Stores a verification of an ICC, and deletes its oldest ones beyond `limit`.
  func insert(_ verification: Verification, of icc: ICC, keeping limit: Int) throws(StoreError)

  /// Stores a new token under the hash of its text.
  func insert(_ token: Token, hash: TokenHash) throws(StoreError)
  /// Marks a token as revoked; the first revocation's time stays.
  func revoke(_ token: TokenID, at time: Timestamp) throws(StoreError)
  /// Notes the last uses of tokens, each in whole minutes; a use earlier than the noted one is dropped.
  func noteUses(_ uses: [TokenID: Timestamp]) throws(StoreError)

  /// Stores a new organisation.
  func insert(_ organisation: Organisation) throws(StoreError)
  /// Deletes an organisation that has no live ICC and no valid token; its deleted ICCs and its events stay on record.
  func delete(_ organisation: OrganisationID, at time: Timestamp) throws(StoreError)

  /// Appends an event to the audit trail and gives its sequence number.
  @discardableResult
  func append(_ event: AuditEvent) throws(StoreError) -> Int64

  /// Stores the response to an idempotent create, in place of an expired one of the same key.
  func save(_ record: IdempotencyRecord) throws(StoreError)
  /// Deletes the records made before `time`.
  func deleteIdempotencyRecords(before time: Timestamp) throws(StoreError)
}
