import PostgreSQLKit
import Registry

/// The one place that turns a scope into a condition: no query compares organisations on its own.
extension Scope {
  /// Returns the condition that limits a query to the scope.
  func condition(_ column: PostgreSQLQuery) -> PostgreSQLQuery {
    switch self {
    case .all: "TRUE"
    case .organisation(let organisation): "\(column) = \(organisation.text)"
    case .organisations(let organisations): "\(column) = ANY (\(organisations.map(\.text)))"
    }
  }

  /// Returns the condition that limits a query of tokens to the scope: of one of several
  /// organisations, all must be in scope.
  var conditionOnTokens: PostgreSQLQuery {
    let ofOne = condition("organisation")
    guard case .organisations(let organisations) = self else { return ofOne }
    let names = organisations.map(\.text)
    return "(\(ofOne) OR string_to_array(trim(organisations), ' ') <@ \(names))"
  }
}
