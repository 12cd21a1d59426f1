/// A condition operator with its qualifier and `IfExists`.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
package struct ConditionOperator: Sendable, Hashable {
  /// The comparison of a value of the request with one of the policy.
  package enum Comparison: String, Sendable, Hashable, CaseIterable {
    case stringEquals = "StringEquals"
    case stringEqualsIgnoreCase = "StringEqualsIgnoreCase"
    case stringLike = "StringLike"
    case numericEquals = "NumericEquals"
    case numericLessThan = "NumericLessThan"
    case numericLessThanEquals = "NumericLessThanEquals"
    case numericGreaterThan = "NumericGreaterThan"
    case numericGreaterThanEquals = "NumericGreaterThanEquals"
    case dateEquals = "DateEquals"
    case dateLessThan = "DateLessThan"
    case dateLessThanEquals = "DateLessThanEquals"
    case dateGreaterThan = "DateGreaterThan"
    case dateGreaterThanEquals = "DateGreaterThanEquals"
    case bool = "Bool"
    case binaryEquals = "BinaryEquals"
    case ipAddress = "IpAddress"
    case arnEquals = "ArnEquals"
    case arnLike = "ArnLike"
    case null = "Null"

    /// True if the operator compares dates.
    var isDate: Bool { rawValue.hasPrefix("Date") }

    /// True if the policy's values may hold variables: string and ARN operators alone
    /// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html).
    var takesVariables: Bool {
      switch self {
      case .stringEquals, .stringEqualsIgnoreCase, .stringLike, .arnEquals, .arnLike: true
      default: false
      }
    }
  }

  /// The treatment of a key with many values.
  package enum Qualifier: String, Sendable, Hashable {
    case forAllValues = "ForAllValues"
    case forAnyValue = "ForAnyValue"
  }

  /// The comparison.
  package var comparison: Comparison
  /// True if none of the policy's values may match.
  package var isNegated: Bool
  /// True if a missing key makes the condition hold.
  package var ifExists: Bool
  /// The qualifier, if there is one.
  package var qualifier: Qualifier?

  private static let negated: [String: Comparison] = [
    "StringNotEquals": .stringEquals, "StringNotEqualsIgnoreCase": .stringEqualsIgnoreCase,
    "StringNotLike": .stringLike, "NumericNotEquals": .numericEquals, "DateNotEquals": .dateEquals,
    "NotIpAddress": .ipAddress, "ArnNotEquals": .arnEquals, "ArnNotLike": .arnLike,
  ]

  /// Every name without qualifier and `IfExists`.
  package static var names: [String] { Comparison.allCases.map(\.rawValue) + negated.keys.sorted() }

  /// The operator of this name; `nil` if AWS knows none. `Null` takes no `IfExists`.
  package init?(_ name: String) {
    var rest = name[...]
    if let colon = rest.firstIndex(of: ":") {
      guard let qualifier = Qualifier(rawValue: String(rest[..<colon])) else { return nil }
      self.qualifier = qualifier
      rest = rest[rest.index(after: colon)...]
    }
    ifExists = rest.hasSuffix("IfExists")
    if ifExists { rest = rest.dropLast("IfExists".count) }
    if let comparison = Comparison(rawValue: String(rest)) {
      self.comparison = comparison
      isNegated = false
    } else if let comparison = Self.negated[String(rest)] {
      self.comparison = comparison
      isNegated = true
    } else {
      return nil
    }
    if comparison == .null, ifExists || qualifier != nil { return nil }
  }

  /// Returns the operator's right spelling for a name in another case or without its last letter
  /// (`StringEqual`), or the name itself if no operator is meant for certain.
  static func correctedName(_ name: String) -> String {
    if ConditionOperator(name) != nil { return name }
    let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let bare = parts.last?.lowercased() ?? ""
    let right = names.lazy.flatMap { [$0, $0 + "IfExists"] }
      .first { bare == $0.lowercased() || bare + "s" == $0.lowercased() }
    guard let right else { return name }
    guard parts.count == 2 else { return right }
    let qualifier = ["ForAllValues", "ForAnyValue"].first { $0.lowercased() == parts[0].lowercased() }
    return qualifier.map { "\($0):\(right)" } ?? name
  }
}
