/// Evaluates the conditions of a statement for a request.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html and
/// the pages on operators and multivalued keys.
struct ConditionEvaluator {
  let context: RequestContext
  let supportsVariables: Bool

  /// Evaluates a condition. The result is unknown if AWS has no such operator.
  func holds(_ condition: Policy.Condition) -> TriState {
    guard let test = condition.test else { return .unknown }
    return holds(condition, test, context[condition.key])
  }

  private func holds(
    _ condition: Policy.Condition, _ test: ConditionOperator, _ knowledge: RequestContext.Knowledge
  ) -> TriState {
    switch knowledge {
    case .oneOf(let alternatives):
      return Self.agreed(alternatives.map { holds(condition, test, $0) })
    case .uniqueID(let prefix, let suffix):
      let candidates = Self.candidates(prefix, suffix, condition)
      return Self.agreed(candidates.map { holds(condition, test, .value($0)) })
    case .unknown, .absent, .values, .present:
      break
    }
    if test.comparison == .null { return null(condition, knowledge) }
    switch knowledge {
    case .absent: return TriState(Self.holdsWithoutKey(test))
    case .values(let values): return holds(test, values, condition.values)
    default:
      return condition.values.isEmpty && !test.isNegated && !test.ifExists && test.qualifier == nil ? .no : .unknown
    }
  }

  private static func agreed(_ answers: [TriState]) -> TriState {
    guard let first = answers.first else { return .unknown }
    return answers.allSatisfy { $0 == first } ? first : .unknown
  }

  /// Values that a unique ID may have: two that no policy names, and those that the policy names.
  private static func candidates(_ prefix: String, _ suffix: String, _ condition: Policy.Condition) -> [String] {
    let length = 21
    let named = condition.values.prefix(20).compactMap { text -> String? in
      guard text.value.hasPrefix(prefix) else { return nil }
      let head = text.value.prefix { $0 != ":" && $0 != "*" && $0 != "?" }.prefix(length)
      return head + String(repeating: "B", count: length - head.count) + suffix
    }
    return ["A", "Z"].map { prefix + String(repeating: $0, count: length - prefix.count) + suffix } + named
  }

  /// A missing key: `IfExists` and `ForAllValues` hold, `ForAnyValue` does not, negation holds, the
  /// rest does not.
  static func holdsWithoutKey(_ test: ConditionOperator) -> Bool {
    if test.ifExists { return true }
    switch test.qualifier {
    case .forAllValues: return true
    case .forAnyValue: return false
    case nil: return test.isNegated
    }
  }

  private func null(_ condition: Policy.Condition, _ knowledge: RequestContext.Knowledge) -> TriState {
    let isMissing: TriState
    switch knowledge {
    case .absent: isMissing = .yes
    case .values, .present: isMissing = .no
    case .unknown, .oneOf, .uniqueID: isMissing = .unknown
    }
    return condition.values.anyIs { text in
      switch text.value.lowercased() {
      case "true": isMissing
      case "false": !isMissing
      default: .no
      }
    }
  }

  private func holds(_ test: ConditionOperator, _ values: [String], _ wanted: [Policy.Text]) -> TriState {
    func passes(_ value: String) -> TriState {
      let match = wanted.anyIs { matches(test, value, $0.value) }
      return test.isNegated ? !match : match
    }
    switch test.qualifier {
    case .forAllValues: return values.allAre(passes)
    case .forAnyValue: return values.anyIs(passes)
    case nil: return test.isNegated ? values.allAre(passes) : values.anyIs(passes)
    }
  }

  private func matches(_ test: ConditionOperator, _ value: String, _ wanted: String) -> TriState {
    context.budget.spend(wanted.utf8.count)
    if context.budget.isExhausted { return .unknown }
    let comparison = test.comparison
    guard comparison.takesVariables else { return TriState(Self.compare(comparison, value, wanted)) }
    let template = PolicyTemplate(wanted, variables: supportsVariables, wildcards: comparison.takesWildcards)
    switch template.resolve(context) {
    case .unknownVariable: return .unknown
    // "If the variable cannot be resolved, this might cause the entire statement to be invalid": a
    // positive operator does not match either way; of a negated one AWS does not say.
    case .missingVariable: return test.isNegated ? .unknown : .no
    case .pattern(let pattern): return matches(comparison, value, pattern)
    }
  }

  private func matches(
    _ comparison: ConditionOperator.Comparison, _ value: String, _ pattern: WildcardPattern
  ) -> TriState {
    let text = WildcardPattern.scalars(value)
    switch comparison {
    case .stringEquals:
      return TriState(pattern.units == text)
    case .stringEqualsIgnoreCase:
      return TriState(WildcardPattern.lowercased(pattern.units) == WildcardPattern.lowercased(text))
    case .arnEquals, .arnLike:
      // A lone * is no ARN; AWS does not say whether it matches all of them.
      if pattern.units == [WildcardPattern.anyRun] { return .unknown }
      return TriState(pattern.matchesARN(text, context.budget))
    default:
      return TriState(pattern.matches(text, context.budget))
    }
  }

  private static func compare(_ comparison: ConditionOperator.Comparison, _ value: String, _ wanted: String) -> Bool {
    switch comparison {
    case .numericEquals: number(value, ==, wanted)
    case .numericLessThan: number(value, <, wanted)
    case .numericLessThanEquals: number(value, <=, wanted)
    case .numericGreaterThan: number(value, >, wanted)
    case .numericGreaterThanEquals: number(value, >=, wanted)
    case .dateEquals: date(value, ==, wanted)
    case .dateLessThan: date(value, <, wanted)
    case .dateLessThanEquals: date(value, <=, wanted)
    case .dateGreaterThan: date(value, >, wanted)
    case .dateGreaterThanEquals: date(value, >=, wanted)
    case .bool: value.lowercased() == wanted.lowercased()
    case .binaryEquals: value.utf8.elementsEqual(wanted.utf8)
    case .ipAddress: address(value, in: wanted)
    default: false
    }
  }

  private static func number(_ value: String, _ test: (Double, Double) -> Bool, _ wanted: String) -> Bool {
    guard let value = PolicyNumber(value), let wanted = PolicyNumber(wanted) else { return false }
    return test(value.value, wanted.value)
  }

  private static func date(_ value: String, _ test: (Double, Double) -> Bool, _ wanted: String) -> Bool {
    guard let value = PolicyDate(value), let wanted = PolicyDate(wanted) else { return false }
    return test(value.seconds, wanted.seconds)
  }

  private static func address(_ value: String, in range: String) -> Bool {
    guard let value = IPRange(value), let range = IPRange(range) else { return false }
    return range.contains(value)
  }
}

extension ConditionOperator.Comparison {
  /// True if `*` and `?` are wildcards in the policy's values.
  var takesWildcards: Bool {
    switch self {
    case .stringLike, .arnEquals, .arnLike: true
    default: false
    }
  }
}
