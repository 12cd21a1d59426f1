import PostgreSQLKit
import Registry

/// The order of a page of ICCs as parts of a query.
struct ICCQueryOrder {
  /// The terms of the `ORDER BY` clause.
  let terms: PostgreSQLQuery
  /// The condition for the ICCs after the last one seen; empty for the first page.
  let condition: PostgreSQLQuery
  /// The expression for `Page.nextKey`.
  let key: PostgreSQLQuery

  init(_ page: PageRequest) {
    let isFirst = page.after == 0
    switch page.order {
    case .oldest: (terms, condition, key) = ("seq", " AND seq > \(page.after)", "''::text")
    case .newest:
      (terms, condition, key) = ("seq DESC", " AND seq < \(isFirst ? .max : page.after)", "''::text")
    case .name:
      terms = "organisation, name_folded, seq"
      // An identifier of an organisation has no space.
      key = "organisation || ' ' || name_folded"
      let last = page.afterKey.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      condition =
        isFirst || last.count < 2
        ? "" : " AND (organisation, name_folded, seq) > (\(last[0]), \(last[1]), \(page.after))"
    case .updated:
      (terms, key) = ("updated_at DESC, seq DESC", "updated_at::text")
      let last = Int64(page.afterKey) ?? .max
      condition = isFirst ? "" : " AND (updated_at, seq) < (\(last), \(page.after))"
    }
  }
}
