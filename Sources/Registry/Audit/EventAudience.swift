/// The kinds of events that a reader may see, within the organisations in its scope.
package enum EventAudience: Sendable {
  /// The events about ICCs.
  case tenants
  /// These and the events about tokens and organisations, for those who may list tokens.
  case managers
  /// All events, also those that would tell one organisation about another.
  case administrators

  /// The audience that the token belongs to, by the access table.
  package init(_ token: Token) {
    if AccessTable.allows(token, .readAdministratorsEvents) {
      self = .administrators
    } else {
      self = AccessTable.allows(token, .listTokens) ? .managers : .tenants
    }
  }
}
