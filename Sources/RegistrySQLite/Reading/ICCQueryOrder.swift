import Registry
import SQLiteKit

/// The order of a page of ICCs as parts of a statement.
struct ICCQueryOrder {
  /// The terms of the `ORDER BY` clause.
  let terms: SQL
  /// The condition for the ICCs after the last one seen, and its values; empty for the first page.
  let condition: SQL
  let values: [SQLiteValue]
  /// The expression for `Page.nextKey`.
  let key: SQL

  init(_ page: PageRequest, _ scope: Scope) {
    let isFirst = page.after == 0
    let after = SQLiteValue.integer(page.after)
    switch page.order {
    case .oldest:
      (terms, condition, values, key) = ("seq", " AND seq > ?", [after], "''")
    case .newest:
      (terms, condition, values, key) = ("seq DESC", " AND seq < ?", [isFirst ? .integer(.max) : after], "''")
    case .name:
      terms = "organisation, name_folded, seq"
      // An identifier of an organisation has no space.
      key = "organisation || ' ' || name_folded"
      let last = page.afterKey.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      if isFirst || last.count < 2 {
        (condition, values) = ("", [])
      } else if case .organisation = scope {
        // The organisation is fixed, so the index `iccs_live_names` finds the place by the name.
        (condition, values) = (" AND (name_folded, seq) > (?, ?)", [.text(last[1]), after])
      } else {
        condition = " AND (organisation, name_folded, seq) > (?, ?, ?)"
        values = [.text(last[0]), .text(last[1]), after]
      }
    case .updated:
      // By an index for all organisations, and by another one for each. For several, the first
      // would read the ICCs of others: theirs are sorted instead.
      let updatedAt: SQL = if case .organisations = scope { "+updated_at" } else { "updated_at" }
      (terms, key) = (updatedAt + " DESC, seq DESC", "updated_at")
      condition = isFirst ? "" : " AND (" + updatedAt + ", seq) < (?, ?)"
      values = isFirst ? [] : [.integer(Int64(page.afterKey) ?? .max), after]
    }
  }
}
