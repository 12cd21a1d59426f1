/// The permissions of a token, from most to least.
package enum Role: String, Sendable, CaseIterable {
  /// Everything, in all organisations.
  case admin
  /// Creates, reads, changes, deletes, checks and verifies the ICCs of one organisation.
  case editor
  /// Reads and checks the ICCs of one organisation.
  case viewer
  /// Reads the ICCs and the change feed of all organisations: InfoSum's import workers.
  case connector
}
