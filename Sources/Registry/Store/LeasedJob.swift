/// A job that one of the instances that share a database does.
package enum LeasedJob: String, CaseIterable, Sendable {
  /// Deletes expired usages and expired responses of idempotency keys.
  case sweep
  /// Signs the end of the audit trail and keeps it outside of the database.
  case checkpoints
}
