import PostgreSQLKit
import Registry

/// The query for a page of ICCs, with one condition for each field of the filter.
struct ICCQuery {
  /// The place of the item's key after the columns of the ICC.
  static let keyColumn: Int32 = 26

  private(set) var query: PostgreSQLQuery

  init(_ filter: ICCFilter, _ page: PageRequest, _ scope: Scope) {
    let narrowed = filter.organisation.map { scope.narrowed(to: $0) ?? .organisations([]) } ?? scope
    let order = ICCQueryOrder(page)
    query = """
      SELECT \(ICC.columns), \(order.key) AS item_key FROM iccs WHERE \(narrowed.condition("organisation"))\(order.condition)
      """
    query += filter.isDeleted ? " AND deleted_at IS NOT NULL" : " AND deleted_at IS NULL"
    add(" AND organisation <> ", filter.otherThan?.text)
    if filter.hasAlarm { query += " AND alarm_at IS NOT NULL" }
    add(" AND bucket_name = ", filter.bucketName)
    add(" AND user_arn = ", filter.userARN)
    add(" AND session_name = ", filter.sessionName)
    add(" AND connector_type = ", filter.connectorType?.rawValue)
    if !filter.statuses.isEmpty {
      let chosen = ICCStatus.allCases.filter(filter.statuses.contains).map(\.rawValue)
      query += " AND status = ANY (\(chosen))"
    }
    if let isEnabled = filter.isEnabled { query += " AND enabled = \(isEnabled)" }
    if let isPending = filter.isRotationPending {
      query += isPending ? " AND pending_external_id IS NOT NULL" : " AND pending_external_id IS NULL"
    }
    if let since = filter.updatedSince { query += " AND updated_at >= \(since.milliseconds)" }
    if let name = filter.name { query += " AND \(TextCondition.contains("name_folded", name.folded))" }
    if let usability = filter.usability { query += Self.condition(usability) }
    for word in filter.words { query += " AND \(Self.condition(word: word.folded))" }
    query += " ORDER BY \(order.terms)"
  }

  /// The condition that one of the texts that a search looks at contains a word. All of them are
  /// stored in their case-insensitive form, or are in lower case by their rules.
  private static func condition(word: String) -> PostgreSQLQuery {
    let columns: [PostgreSQLQuery] = [
      "description_folded", "bucket_name", "prefix_folded", "id", "lower(user_arn)", "encode(external_id, 'hex')",
      "encode(pending_external_id, 'hex')",
    ]
    let name = TextCondition.contains("name_folded", word)
    return "(\(columns.reduce(name) { "\($0) OR \(TextCondition.contains($1, word))" }))"
  }

  /// The same rule as `ICC.usabilityObstacles(requiresVerified:seesHold:)`.
  private static func condition(_ usability: ICCFilter.Usability) -> PostgreSQLQuery {
    let statuses: PostgreSQLQuery =
      usability.requiresVerified ? "status = 'verified'" : "status IN ('verified', 'unverified')"
    let hold: PostgreSQLQuery = usability.seesHold ? " AND NOT held" : ""
    let usable: PostgreSQLQuery = "enabled AND deleted_at IS NULL AND \(statuses)\(hold)"
    return usability.isUsable ? " AND \(usable)" : " AND NOT (\(usable))"
  }

  private mutating func add(_ comparison: PostgreSQLQuery, _ value: String?) {
    guard let value else { return }
    // No stored text has a NUL, and none can be sent.
    query += value.utf8.contains(0) ? " AND FALSE" : "\(comparison)\(value)"
  }
}
