import Registry
import SQLiteKit

extension SQLiteReader {
  /// Newest first: the page starts below the last number seen; 0 is the first page, as in every
  /// list.
  func verifications(of icc: ICCID, _ page: PageRequest, in scope: Scope) throws(StoreError) -> Page<String> {
    let (inScope, scoped) = scope.condition("organisation")
    return try self.page(
      "SELECT seq, document FROM verifications WHERE icc = (SELECT seq FROM " + scope.iccs + " WHERE id = ? AND"
        + inScope
        + ") AND seq < ? ORDER BY seq DESC LIMIT ?",
      [.text(icc.text)] + scoped + [.integer(page.after == 0 ? .max : page.after)], page
    ) { row in row.text(1) }
  }
}
