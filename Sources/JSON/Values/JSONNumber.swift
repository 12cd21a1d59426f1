/// A JSON number as it was written; its value is worked out when it is asked for.
package struct JSONNumber: Sendable, Hashable, CustomStringConvertible {
  /// The number's text, by the grammar of RFC 8259 section 6.
  package let text: String

  /// Takes text that the reader has held against the grammar.
  init(verified text: String) {
    self.text = text
  }

  /// The number of an integer.
  package init(_ value: some FixedWidthInteger) {
    text = String(value)
  }

  /// The number of a finite double, in the shortest digits that give it back; `nil` for NaN and
  /// infinities, which JSON cannot write (RFC 8259 section 6).
  package init?(_ value: Double) {
    guard value.isFinite else { return nil }
    text = value.description
  }

  /// The exact integer, or `nil` if the text has a fraction or an exponent, or the value does not
  /// fit.
  package var int: Int? { Int(text) }

  /// The nearest double, or `nil` if the value lies beyond the finite ones.
  package var double: Double? {
    guard let value = Double(text), value.isFinite else { return nil }
    return value
  }

  package var description: String { text }
}
