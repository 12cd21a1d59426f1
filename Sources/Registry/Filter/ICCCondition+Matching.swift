extension ICCCondition {
  /// Returns true if the ICC meets the condition.
  package func matches(_ icc: ICC) -> Bool {
    switch self {
    case .text(let field, let test, let value): test.holds(for: icc.text(of: field), value)
    case .time(let field, let comparison, let value): comparison.holds(icc.time(of: field), value, by: <)
    case .not(let condition): !condition.matches(icc)
    case .all(let conditions): conditions.allSatisfy { $0.matches(icc) }
    case .any(let conditions): conditions.contains { $0.matches(icc) }
    }
  }
}

extension TextTest {
  fileprivate func holds(for text: String, _ value: String) -> Bool {
    switch self {
    case .compares(let comparison):
      comparison.holds(Array(text.utf8), Array(value.utf8)) { $0.lexicographicallyPrecedes($1) }
    case .contains(ignoringCase: false): Array(text.utf8).contains(Array(value.utf8))
    case .contains(ignoringCase: true): Array(text.folded.utf8).contains(Array(value.folded.utf8))
    }
  }
}

extension Comparison {
  fileprivate func holds<Value>(_ left: Value, _ right: Value, by precedes: (Value, Value) -> Bool) -> Bool {
    switch self {
    case .equal: !precedes(left, right) && !precedes(right, left)
    case .notEqual: precedes(left, right) || precedes(right, left)
    case .less: precedes(left, right)
    case .lessOrEqual: !precedes(right, left)
    case .greater: precedes(right, left)
    case .greaterOrEqual: !precedes(left, right)
    }
  }
}

extension ICC {
  fileprivate func text(of field: ICCTextField) -> String {
    switch field {
    case .id: id.text
    case .name: name.text
    case .description: description.text
    case .connectorType: connectorType.infoSumName
    }
  }

  fileprivate func time(of field: ICCTimeField) -> Timestamp {
    switch field {
    case .createdAt: createdAt
    case .updatedAt: updatedAt
    }
  }
}
