/// The reads and writes of one transaction. There is one writer, so nothing else is written between
/// its steps.
package protocol RegistryWriter: RegistryReader {
  /// Stores a new ICC, and its external ID among those ever issued.
  func insert(_ icc: ICC) throws(StoreError)
  /// Stores a changed ICC, whose version must be the next one. A new external ID becomes live if it
  /// is the current one, and pending otherwise. External IDs that the ICC no longer has are retired
  /// at `updatedAt`.
  func update(_ icc: ICC) throws(StoreError)

  /// Stores a verification of an ICC and deletes the ICC's oldest ones beyond `limit`.
  func insert(_ verification: Verification, of icc: ICC, keeping limit: Int) throws(StoreError)

  /// Stores a usage of an ICC, replacing the one with the same key.
  func save(_ usage: Usage, of icc: ICC) throws(StoreError)
  /// Deletes a usage of an ICC, if it exists.
  func deleteUsage(_ key: UsageKey, of icc: ICC) throws(StoreError)
  /// Deletes the `limit` usages that expired first at `time` or earlier, or fewer.
  func deleteUsages(expiredAt time: Timestamp, atMost limit: Int) throws(StoreError)

  /// Stores a new hand-over of an ICC under the hash of the secret in its link.
  func insert(_ handOver: HandOver, hash: TokenHash) throws(StoreError)
  /// Marks a hand-over as revoked, unless it is.
  func revokeHandOver(_ id: HandOverID, at time: Timestamp) throws(StoreError)
  /// Counts a use of a hand-over and returns true; false if it is revoked or used up.
  func countUse(of id: HandOverID, at time: Timestamp) throws(StoreError) -> Bool

  /// Stores a new token under the hash of its text.
  func insert(_ token: Token, hash: TokenHash) throws(StoreError)
  /// Marks a token as revoked. A later revocation does not change the time of the first.
  func revoke(_ token: TokenID, at time: Timestamp) throws(StoreError)
  /// Stores the last use of each token, rounded down to the minute. A use earlier than the stored
  /// one is ignored.
  func noteUses(_ uses: [TokenID: Timestamp]) throws(StoreError)

  /// Stores a new organisation.
  func insert(_ organisation: Organisation) throws(StoreError)
  /// Stores the name of an organisation with its next version.
  func update(_ organisation: Organisation) throws(StoreError)
  /// Deletes an organisation, with its next version, that has no live ICC and no valid token of its
  /// own. Its deleted ICCs and its events are kept.
  func delete(_ organisation: Organisation, at time: Timestamp) throws(StoreError)

  /// Appends an event to the audit trail and returns its sequence number.
  @discardableResult
  func append(_ event: AuditEvent) throws(StoreError) -> Int64

  /// Stores the response to an idempotent create, replacing the one with the same key.
  func save(_ record: IdempotencyRecord) throws(StoreError)
  /// Deletes the `limit` oldest responses stored before `time`, or fewer, and returns their number.
  @discardableResult
  func deleteIdempotencyRecords(before time: Timestamp, atMost limit: Int) throws(StoreError) -> Int

  /// Takes the lease of a job for this many seconds, or renews it. Returns false if another
  /// instance has it.
  func takeLease(of job: LeasedJob, seconds: Int) throws(StoreError) -> Bool
}

extension RegistryWriter {
  /// True, for a store that no other instance uses.
  package func takeLease(of job: LeasedJob, seconds: Int) throws(StoreError) -> Bool { true }
}
