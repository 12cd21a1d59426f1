/// The text of a statement, built from literals only.
///
/// A `String` cannot become an `SQL`, and a literal with interpolation does not compile: so every
/// value reaches the database as a bound parameter.
package struct SQL: ExpressibleByStringLiteral, Hashable, Sendable {
  /// The statement's text.
  package let text: String

  /// Creates a statement from a literal.
  package init(stringLiteral literal: StaticString) {
    text = literal.description
  }

  private init(joined text: String) {
    self.text = text
  }

  /// Returns the concatenation of two parts of a statement.
  package static func + (first: SQL, second: SQL) -> SQL {
    SQL(joined: first.text + second.text)
  }
}
