import JSON
import Registry

/// The number of live ICCs with each status, for the summary above a list.
enum StatusCounts {
  /// Returns the counts of an organisation in scope, or of all in scope together; null if one has
  /// too many ICCs to count them, or all together have.
  static func of(
    _ organisation: OrganisationID?, in scope: Scope, _ reader: any RegistryReader
  ) throws -> JSONValue {
    let all: [OrganisationID?] = scope == .all ? [nil] : scope.names.map(Optional.some)
    let wanted = organisation.map { [$0] } ?? all
    var sum: [ICCStatus: Int] = [:]
    for name in wanted where name.map(scope.contains) ?? true {
      guard let counts = try reader.iccCounts(of: name) else { return .null }
      sum.merge(counts, uniquingKeysWith: +)
      if name != nil, sum.values.reduce(0, +) > StoreStatistics.maxICCsToCount { return .null }
    }
    return .object(ICCStatus.allCases.map { ($0.rawValue, .number(sum[$0] ?? 0)) })
  }
}
