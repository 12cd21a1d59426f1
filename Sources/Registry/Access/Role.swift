/// The permissions of a token. `AccessTable` names the actions of each.
package enum Role: String, Sendable, CaseIterable {
  /// Everything, in all organisations.
  case admin
  /// Does what an editor does, and makes, lists and revokes the tokens of its organisation.
  case owner
  /// Creates, reads, changes, deletes, checks and verifies the ICCs of one organisation.
  case editor
  /// Reads and checks the ICCs of one organisation.
  case viewer
  /// Reads everything, events with addresses included, of all organisations or of some; writes
  /// nothing.
  case auditor
  /// Reads the ICCs and the change feed of all organisations or of some: InfoSum's import workers.
  case connector
  /// Reads the metrics, and no organisation's data.
  case monitor

  /// The number of organisations that tokens of a role belong to.
  package enum Reach: Sendable {
    /// None: the token sees all organisations.
    case all
    /// Exactly one.
    case one
    /// One or more; a token without any sees all organisations.
    case allOrSome
    /// None: the token sees no organisation.
    case none
  }

  /// The number of organisations that a token of this role belongs to.
  package var reach: Reach {
    switch self {
    case .admin: .all
    case .owner, .editor, .viewer: .one
    case .auditor, .connector: .allOrSome
    case .monitor: .none
    }
  }
}
