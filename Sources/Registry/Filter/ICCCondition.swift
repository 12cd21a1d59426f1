/// A condition on ICCs: the tree that a filter of InfoSum's API is read into. A store evaluates it,
/// with the same result as `matches`.
package indirect enum ICCCondition: Hashable, Sendable {
  /// A field compared with a text.
  case text(ICCTextField, TextTest, String)
  /// A field compared with a moment.
  case time(ICCTimeField, Comparison, Timestamp)
  /// The opposite of a condition.
  case not(ICCCondition)
  /// True if all conditions are.
  case all([ICCCondition])
  /// True if any condition is.
  case any([ICCCondition])
}

/// The fields of an ICC that are compared as texts.
package enum ICCTextField: CaseIterable, Sendable {
  case id, name, description
  /// The connector type by its name in InfoSum's API.
  case connectorType
}

/// The fields of an ICC that are compared as moments.
package enum ICCTimeField: CaseIterable, Sendable {
  case createdAt, updatedAt
}

/// A comparison of two values. Texts are compared byte by byte in UTF-8, which is the order of code
/// points.
package enum Comparison: CaseIterable, Sendable {
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
}

/// A test of a text against another one.
package enum TextTest: Hashable, Sendable {
  case compares(Comparison)
  /// The text contains the other one, in any case or exactly as it is written.
  case contains(ignoringCase: Bool)
}
