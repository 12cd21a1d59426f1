import Registry
import SQLiteKit

extension SQLiteReader {
  /// Newest first: the page begins below the last number seen, and 0 stands for the beginning as in every list.
  func verifications(of icc: ICCID, _ page: PageRequest, in scope: Scope) throws(StoreError) -> Page<String> {
    let (inScope, scoped) = scope.condition("i.organisation")
    return try self.page(
      "SELECT v.seq, v.document FROM verifications AS v JOIN iccs AS i ON i.seq = v.icc WHERE i.id = ? AND v.seq < ? AND"
        + inScope + " ORDER BY v.seq DESC LIMIT ?",
      [.text(icc.text), .integer(page.after == 0 ? .max : page.after)] + scoped, page
    ) { row in row.text(1) }
  }
}
