/// A statement with its values, built from literals only. An interpolated value becomes a bound
/// parameter, and an interpolated query a part of this one:
/// `"SELECT \(columns) FROM iccs WHERE id = \(id.text)"`.
///
/// A `String` cannot become a part of the statement's text: a literal is a `StaticString`.
package struct PostgreSQLQuery: ExpressibleByStringInterpolation, Sendable {
  private enum Part: Sendable {
    case text(StaticString)
    case value(PostgreSQLValue)
  }

  private var parts: [Part] = []

  /// Creates a query without values.
  package init(stringLiteral literal: StaticString) { parts = [.text(literal)] }

  /// Creates a query from a literal with values.
  package init(stringInterpolation interpolation: StringInterpolation) { self = interpolation.query }

  /// The text, with `$1` and so on instead of values, and these values in order.
  package var rendered: (text: String, values: [PostgreSQLValue]) {
    var text = ""
    var values: [PostgreSQLValue] = []
    for part in parts {
      switch part {
      case .text(let literal): text += literal.description
      case .value(let value):
        values.append(value)
        text += "$\(values.count)"
      }
    }
    return (text, values)
  }

  /// Returns the concatenation of two parts of a statement.
  package static func + (first: PostgreSQLQuery, second: PostgreSQLQuery) -> PostgreSQLQuery {
    var sum = first
    sum.parts += second.parts
    return sum
  }

  /// Appends a part of a statement.
  package static func += (first: inout PostgreSQLQuery, second: PostgreSQLQuery) { first.parts += second.parts }

  /// Collects the parts of a literal.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var query = PostgreSQLQuery("")

    /// Creates an empty query.
    package init(literalCapacity: Int, interpolationCount: Int) {}

    /// Appends a piece of the literal.
    package mutating func appendLiteral(_ literal: StaticString) { query.parts.append(.text(literal)) }
    /// Appends a part of a statement.
    package mutating func appendInterpolation(_ part: PostgreSQLQuery) { query += part }
    /// Appends a parameter.
    package mutating func appendInterpolation(_ value: PostgreSQLValue) { query.parts.append(.value(value)) }
    /// Appends a parameter of the type `text`.
    package mutating func appendInterpolation(_ value: String?) {
      appendInterpolation(value.map { .text($0) } ?? .null)
    }
    /// Appends a parameter of the type `bigint`.
    package mutating func appendInterpolation(_ value: Int64?) {
      appendInterpolation(value.map { .integer($0) } ?? .null)
    }
    /// Appends a parameter of the type `bigint`.
    package mutating func appendInterpolation(_ value: Int) { appendInterpolation(.integer(Int64(value))) }
    /// Appends a parameter of the type `boolean`.
    package mutating func appendInterpolation(_ value: Bool) { appendInterpolation(.boolean(value)) }
    /// Appends a parameter of the type `bytea`.
    package mutating func appendInterpolation(_ value: [UInt8]?) {
      appendInterpolation(value.map { .bytes($0) } ?? .null)
    }
    /// Appends a parameter of the type `text[]`.
    package mutating func appendInterpolation(_ value: [String]) { appendInterpolation(.texts(value)) }
  }
}
