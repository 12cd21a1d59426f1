/// The organisations that a query may touch. Every query of the store takes one, so that no caller
/// can forget it.
package enum Scope: Hashable, Sendable {
  /// Every organisation.
  case all
  /// One organisation alone.
  case organisation(OrganisationID)
  /// Several organisations, sorted and each once; or none.
  case organisations([OrganisationID])

  /// The scope of these organisations alone, in any order.
  package init(_ organisations: [OrganisationID]) {
    let sorted = Set(organisations).sorted { $0.text < $1.text }
    self = sorted.count == 1 ? .organisation(sorted[0]) : .organisations(sorted)
  }

  /// The organisations in scope; empty for the scope of all.
  package var names: [OrganisationID] {
    switch self {
    case .all: []
    case .organisation(let own): [own]
    case .organisations(let own): own
    }
  }

  /// Returns true if the organisation's data is in scope.
  package func contains(_ organisation: OrganisationID) -> Bool {
    switch self {
    case .all: true
    case .organisation(let own): own == organisation
    case .organisations(let own): own.contains(organisation)
    }
  }

  /// Returns true if a token is in scope: with the scope of all, every token; otherwise a token
  /// that belongs to organisations in scope and to no others.
  package func contains(_ token: Token) -> Bool {
    self == .all || !token.organisations.isEmpty && token.organisations.allSatisfy(contains)
  }

  /// Returns this scope without the other organisations; nil if the organisation is not in scope.
  package func narrowed(to organisation: OrganisationID) -> Scope? {
    contains(organisation) ? .organisation(organisation) : nil
  }
}
