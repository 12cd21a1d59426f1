/// The text of a statement, made of literals alone.
///
/// There is no way from a `String` to an `SQL`: a value reaches the database as a bound parameter or not at all, and
/// the compiler sees to it (a literal with interpolation does not compile either).
package struct SQL: ExpressibleByStringLiteral, Hashable, Sendable {
  /// The statement's text.
  package let text: String

  /// The statement that stands in the source.
  package init(stringLiteral literal: StaticString) {
    text = literal.description
  }

  private init(joined text: String) {
    self.text = text
  }

  /// Two pieces of a statement, one after the other.
  package static func + (first: SQL, second: SQL) -> SQL {
    SQL(joined: first.text + second.text)
  }
}
