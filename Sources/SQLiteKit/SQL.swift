/// The text of a statement, built from literals only.
///
/// A `String` cannot become an `SQL`, and a literal with interpolation does not compile: so every
/// value reaches the database as a bound parameter.
///
/// A literal is known by the address of its text. So a statement that is prepared already is found
/// without a copy of its text, and without reading it.
package struct SQL: ExpressibleByStringLiteral, Hashable, Sendable {
  private enum Source: Sendable {
    case literal(StaticString)
    case joined(String)
  }

  private enum Key: Hashable {
    case address(UInt)
    case text(String)
  }

  private let source: Source

  /// Creates a statement from a literal.
  package init(stringLiteral literal: StaticString) {
    source = .literal(literal)
  }

  private init(joined text: String) {
    source = .joined(text)
  }

  /// The statement's text.
  package var text: String {
    switch source {
    case .literal(let literal): literal.description
    case .joined(let text): text
    }
  }

  private var key: Key {
    switch source {
    case .literal(let literal) where literal.hasPointerRepresentation:
      unsafe .address(UInt(bitPattern: literal.utf8Start))
    case .literal, .joined: .text(text)
    }
  }

  /// Returns the concatenation of two parts of a statement.
  package static func + (first: SQL, second: SQL) -> SQL {
    SQL(joined: first.text + second.text)
  }

  package static func == (left: SQL, right: SQL) -> Bool { left.key == right.key }

  package func hash(into hasher: inout Hasher) { hasher.combine(key) }
}
