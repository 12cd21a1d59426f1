/// A lease: an import job announces that it uses an ICC until a time. Meanwhile the connection is
/// broken only on purpose.
package struct Usage: Hashable, Sendable {
  /// The name of the usage, unique within the ICC.
  package let key: UsageKey
  /// The job, for people.
  package let description: ICCDescription
  /// The end of the lease: from this time on the usage does not count any more.
  package let expiresAt: Timestamp
  /// The time of the first announcement.
  package let createdAt: Timestamp
  /// The token of the first announcement.
  package let createdBy: Actor

  /// A usage of the given parts.
  package init(
    key: UsageKey, description: ICCDescription, expiresAt: Timestamp, createdAt: Timestamp, createdBy: Actor
  ) {
    self.key = key
    self.description = description
    self.expiresAt = expiresAt
    self.createdAt = createdAt
    self.createdBy = createdBy
  }
}
