import Registry
import SQLiteKit

/// The statement for a page of ICCs: a condition and its value for each thing that is asked for.
struct ICCQuery {
  private(set) var sql: SQL
  private(set) var values: [SQLiteValue]

  init(_ filter: ICCFilter, _ page: PageRequest, _ scope: Scope) {
    sql = "SELECT " + ICC.columns + (page.isNewestFirst ? " FROM iccs WHERE seq < ?" : " FROM iccs WHERE seq > ?")
    values = [.integer(page.isNewestFirst && page.after == 0 ? .max : page.after)]
    let (condition, scoped) = scope.condition("organisation")
    sql = sql + " AND " + condition
    values += scoped
    sql = sql + (filter.isDeleted ? " AND deleted_at IS NOT NULL" : " AND deleted_at IS NULL")
    if let organisation = filter.organisation { narrow(to: organisation, in: scope) }
    ask(" AND bucket_name = ?", filter.bucketName)
    ask(" AND user_arn IS NOT NULL AND user_arn = ?", filter.userARN)
    ask(" AND status = ?", filter.status?.rawValue)
    ask(" AND instr(name_folded, ?) > 0", filter.name?.folded)
    sql = sql + (page.isNewestFirst ? " ORDER BY seq DESC LIMIT ?" : " ORDER BY seq LIMIT ?")
  }

  /// Outside the scope there is nothing, and nothing is looked at to find that out: with two organisations to choose from,
  /// the database could walk the other one's ICCs.
  private mutating func narrow(to organisation: OrganisationID, in scope: Scope) {
    if scope == .all { return ask(" AND organisation = ?", organisation.text) }
    if scope != .organisation(organisation) { sql = sql + " AND 0" }
  }

  private mutating func ask(_ condition: SQL, _ value: String?) {
    guard let value else { return }
    sql = sql + condition
    values.append(.text(value))
  }
}

extension Scope {
  /// The condition that keeps a query inside the scope, and its values.
  func condition(_ column: SQL) -> (SQL, [SQLiteValue]) {
    switch self {
    case .all: (" 1", [])
    case .organisation(let organisation): (" " + column + " = ?", [.text(organisation.text)])
    }
  }
}
