import Registry
import SQLiteKit

/// The statement for a page of ICCs, with one condition for each field of the filter.
struct ICCQuery {
  /// The place of the item's key after the columns of the ICC.
  static let keyColumn: Int32 = 26

  private(set) var sql: SQL
  private(set) var values: [SQLiteValue]

  init(_ filter: ICCFilter, _ page: PageRequest, _ scope: Scope) {
    // The filter by organisation narrows the scope: with a condition for each of the two, the
    // database could read another one's ICCs. An organisation out of scope gives none, without
    // reading any.
    let narrowed = filter.organisation.map { scope.narrowed(to: $0) ?? .organisations([]) } ?? scope
    let order = ICCQueryOrder(page, narrowed)
    let (condition, scoped) = narrowed.condition("organisation")
    sql = "SELECT " + ICC.columns + ", " + order.key + " FROM iccs WHERE" + condition + order.condition
    values = scoped + order.values
    sql = sql + (filter.isDeleted ? " AND deleted_at IS NOT NULL" : " AND deleted_at IS NULL")
    add(" AND organisation <> ?", filter.otherThan?.text)
    if filter.hasAlarm { sql = sql + " AND alarm_at IS NOT NULL" }
    add(" AND bucket_name = ?", filter.bucketName)
    add(" AND user_arn IS NOT NULL AND user_arn = ?", filter.userARN)
    add(" AND session_name = ?", filter.sessionName)
    add(" AND connector_type = ?", filter.connectorType?.rawValue)
    addStatuses(filter.statuses)
    if let isEnabled = filter.isEnabled { sql = sql + (isEnabled ? " AND enabled = 1" : " AND enabled = 0") }
    if let isPending = filter.isRotationPending {
      sql = sql + (isPending ? " AND pending_external_id IS NOT NULL" : " AND pending_external_id IS NULL")
    }
    if let since = filter.updatedSince {
      // The `+` keeps SQLite from the index by change, whose rows are in another order.
      sql = sql + " AND +updated_at >= ?"
      values.append(.integer(since.milliseconds))
    }
    add(" AND instr(name_folded, ?) > 0", filter.name?.folded)
    if let usability = filter.usability { sql = sql + Self.condition(usability) }
    for word in filter.words { add(" AND instr(" + Self.searched + ", ?) > 0", word.folded) }
    sql = sql + " ORDER BY " + order.terms + " LIMIT ?"
  }

  /// The texts of an ICC that a search looks at, with a NUL between them, which no word contains.
  private static let searched: SQL = """
    folded(name || char(0) || description || char(0) || bucket_name || char(0) || prefix || char(0) || id || char(0)
      || coalesce(user_arn, '') || char(0) || hex(external_id) || char(0) || coalesce(hex(pending_external_id), ''))
    """

  /// The same rule as `ICC.usabilityObstacles(requiresVerified:seesHold:)`.
  private static func condition(_ usability: ICCFilter.Usability) -> SQL {
    let statuses: SQL =
      usability.requiresVerified ? "status = 'verified'" : "status IN ('verified', 'unverified')"
    let usable = "enabled = 1 AND deleted_at IS NULL AND " + statuses + (usability.seesHold ? " AND held = 0" : "")
    return usability.isUsable ? " AND " + usable : " AND NOT (" + usable + ")"
  }

  private mutating func addStatuses(_ statuses: Set<ICCStatus>) {
    guard !statuses.isEmpty else { return }
    // In one order, so that equal filters share a prepared statement.
    let chosen = ICCStatus.allCases.filter(statuses.contains)
    sql = sql + " AND status IN (?"
    for _ in chosen.dropFirst() { sql = sql + ", ?" }
    sql = sql + ")"
    values += chosen.map { .text($0.rawValue) }
  }

  private mutating func add(_ condition: SQL, _ value: String?) {
    guard let value else { return }
    sql = sql + condition
    values.append(.text(value))
  }
}
