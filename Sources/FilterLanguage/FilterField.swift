import Registry
import Text

/// A field that filters can compare.
enum FilterField: Sendable {
  case text(ICCTextField)
  case time(ICCTimeField)

  private static let byName: [(String, FilterField)] = [
    ("id", .text(.id)), ("name", .text(.name)), ("description", .text(.description)),
    ("connector_type", .text(.connectorType)), ("created_date_time", .time(.createdAt)),
    ("updated_date_time", .time(.updatedAt)),
  ]

  /// The names of all fields.
  static let allNames = byName.map(\.0)

  /// The field with this name, in any case; nil if there is none.
  init?(name: String) {
    guard let known = Self.byName.first(where: { $0.0 == name.lowercased() }) else { return nil }
    self = known.1
  }

  /// Returns the comparison of the field with a value. The positions are for errors.
  func condition(
    _ symbol: FilterOperator, at place: Int, _ value: String, at valuePlace: Int
  ) throws(FilterError) -> ICCCondition {
    switch self {
    case .text(let field): return symbol.condition(field, value)
    case .time(let field):
      guard let comparison = symbol.comparison else {
        throw FilterError(
          .wrongOperator, at: place, "A date is not compared with \(symbol.rawValue).",
          hint: "Use eq, ne, lt, le, gt or ge.")
      }
      guard let time = FilterDate.timestamp(value) else {
        throw FilterError(
          .malformedDate, at: valuePlace, "This is not a date.",
          hint: "Write it like '2026-11-27' or '2026-11-27T09:30:00Z'. In a URL, write + as %2B.")
      }
      return .time(field, comparison, time)
    }
  }
}

/// An operator of a comparison.
enum FilterOperator: String, CaseIterable, Sendable {
  case eq, ne, co, ico, nc, inc, lt, le, gt, ge

  /// The operator with this name, in any case; nil if there is none.
  init?(name: String) {
    self.init(rawValue: name.lowercased())
  }

  /// The comparison; nil for the operators that look for a part of a text.
  var comparison: Comparison? {
    switch self {
    case .eq: .equal
    case .ne: .notEqual
    case .lt: .less
    case .le: .lessOrEqual
    case .gt: .greater
    case .ge: .greaterOrEqual
    case .co, .ico, .nc, .inc: nil
    }
  }

  /// The comparison of a field with a text.
  func condition(_ field: ICCTextField, _ value: String) -> ICCCondition {
    if let comparison { return .text(field, .compares(comparison), value) }
    let contains = ICCCondition.text(field, .contains(ignoringCase: self == .ico || self == .inc), value)
    return self == .nc || self == .inc ? .not(contains) : contains
  }
}

/// A date in a filter.
enum FilterDate {
  /// Returns the moment of an RFC 3339 date and time with or without a zone, or of a date alone;
  /// nil for any other text. Without a zone it is in UTC, and a date alone is its first moment.
  static func timestamp(_ text: String) -> Timestamp? {
    let milliseconds =
      RFC3339.milliseconds(text) ?? RFC3339.milliseconds(text + "Z") ?? RFC3339.milliseconds(text + "T00:00:00Z")
    return milliseconds.map(Timestamp.init(milliseconds:))
  }
}
