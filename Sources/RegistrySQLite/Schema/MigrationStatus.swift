package import Registry

/// The state of one of this program's migrations in a database.
package struct MigrationStatus: Sendable {
  /// The file's name without `.sql`.
  package let name: String
  /// The time at which it was applied; nil if it is pending.
  package let appliedAt: Timestamp?
}
