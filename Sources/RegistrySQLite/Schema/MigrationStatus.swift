package import Registry

/// Where one migration of this binary stands in a database.
package struct MigrationStatus: Sendable {
  /// The file's name without `.sql`.
  package let name: String
  /// When it was applied; nil while it was not.
  package let appliedAt: Timestamp?
}
