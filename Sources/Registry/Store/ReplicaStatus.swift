/// The state of the standby that answers reads.
package struct ReplicaStatus: Hashable, Sendable {
  /// Its use for reads. Each other case than `inUse` is the reason why all reads go to the primary.
  package enum State: String, CaseIterable, Sendable {
    /// Reads go to the standby.
    case inUse = "in-use"
    /// The standby has not replayed what the primary had a second ago.
    case lagging
    /// The server is not a standby, or it does not receive the history of the primary.
    case notFollowing = "not-following"
    /// No standby of the primary's cluster accepts connections, or it does not answer in time.
    case unreachable
  }

  /// The state at the last check, a second ago at most.
  package var state = State.unreachable
  /// The bytes of the WAL that the standby had not replayed at the last check; nil if it is
  /// unreachable.
  package var lagBytes: Int64?
  /// The number of reads that the standby has answered.
  package var reads = 0
  /// The number of reads that were sent to the standby, and that the primary answered instead.
  package var fallbacks = 0

  /// The state of a standby that was not checked yet.
  package init() {}
}
