/// An error in a filter.
package struct FilterError: Error, Hashable, Sendable {
  /// The kinds of errors.
  package enum Kind: String, CaseIterable, Sendable {
    /// The filter violates its grammar.
    case syntax = "filter.syntax"
    /// A comparison has an unknown field.
    case unknownField = "filter.unknown-field"
    /// A comparison has an unknown operator, or one that its field does not support.
    case wrongOperator = "filter.wrong-operator"
    /// A date has the wrong form.
    case malformedDate = "filter.malformed-date"
    /// The filter exceeds a limit: of its length, its depth or its comparisons.
    case tooComplex = "filter.too-complex"
  }

  /// The kind of error; its raw value is the stable code.
  package let kind: Kind
  /// The position of the error: the number of the character, from 1.
  package let position: Int
  /// The error, as a sentence without the position.
  package let detail: String
  /// The advice; nil if `detail` says it all.
  package let hint: String?

  init(_ kind: Kind, at position: Int, _ detail: String, hint: String? = nil) {
    self.kind = kind
    self.position = position
    self.detail = detail
    self.hint = hint
  }
}
