import Registry
import SQLiteKit

/// The one place that turns a scope into a condition: no query compares organisations on its own.
extension Scope {
  /// Returns the condition that limits a query to the scope, and its values.
  func condition(_ column: SQL) -> (SQL, [SQLiteValue]) {
    switch self {
    case .all: (" 1", [])
    case .organisation(let organisation): (" " + column + " = ?", [.text(organisation.text)])
    case .organisations(let organisations):
      organisations.isEmpty
        ? (" 0", []) : (" " + column + " IN " + Self.places(organisations.count), organisations.values)
    }
  }

  /// Returns the condition that limits a query of tokens to the scope, and its values: of one of
  /// several organisations, nothing is left when those in scope are taken away.
  var conditionOnTokens: (SQL, [SQLiteValue]) {
    let (ofOne, values) = condition("organisation")
    guard case .organisations(let organisations) = self, !organisations.isEmpty else { return (ofOne, values) }
    var rest: SQL = "organisations"
    for _ in organisations { rest = "replace(" + rest + ", ' ' || ? || ' ', ' ')" }
    return (" (organisation IS NOT NULL AND" + ofOne + " OR trim(" + rest + ") = '')", values + values)
  }

  /// The table of ICCs for a search by identifier in the scope. Another organisation's ICC and none
  /// are missed in the same part of this index, after the same work.
  var iccs: SQL { self == .all ? "iccs" : "iccs INDEXED BY iccs_of_organisation" }

  private static func places(_ count: Int) -> SQL {
    var places: SQL = "(?"
    for _ in 1..<count { places = places + ", ?" }
    return places + ")"
  }
}

extension [OrganisationID] {
  fileprivate var values: [SQLiteValue] { map { .text($0.text) } }
}
