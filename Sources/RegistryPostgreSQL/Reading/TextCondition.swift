import PostgreSQLKit
import Registry

/// Conditions on a column whose texts are compared by their bytes.
enum TextCondition {
  /// Returns the condition that the column contains a text.
  static func contains(_ column: PostgreSQLQuery, _ text: String) -> PostgreSQLQuery {
    text.utf8.contains(0) ? "FALSE" : "strpos(\(column), \(text)) > 0"
  }

  /// Returns a comparison of the column with a text. PostgreSQL stores no NUL and accepts none. So
  /// for a text with a NUL, the stored texts up to what is before the NUL, this one included, are
  /// the lesser ones.
  static func compares(
    _ column: PostgreSQLQuery, _ comparison: Comparison, _ text: String
  ) -> PostgreSQLQuery {
    guard let end = text.utf8.firstIndex(of: 0) else { return "\(column)\(symbol(comparison))\(text)" }
    let start = String(text[..<end])
    return switch comparison {
    case .equal: "FALSE"
    case .notEqual: "TRUE"
    case .less, .lessOrEqual: "\(column) <= \(start)"
    case .greater, .greaterOrEqual: "\(column) > \(start)"
    }
  }

  /// Returns the operator of a comparison.
  static func symbol(_ comparison: Comparison) -> PostgreSQLQuery {
    switch comparison {
    case .equal: " = "
    case .notEqual: " <> "
    case .less: " < "
    case .lessOrEqual: " <= "
    case .greater: " > "
    case .greaterOrEqual: " >= "
    }
  }
}
