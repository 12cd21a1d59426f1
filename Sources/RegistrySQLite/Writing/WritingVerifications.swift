import Registry
import SQLiteKit

extension SQLiteWriter {
  func insert(_ verification: Verification, of icc: ICC, keeping limit: Int) throws(StoreError) {
    let row = try row(of: icc)
    try change(
      "INSERT INTO verifications (icc, started_at, icc_version, verdict, document) VALUES (?, ?, ?, ?, ?)",
      [
        .integer(row), .integer(verification.startedAt.milliseconds), .integer(verification.iccVersion),
        .text(verification.verdict.rawValue), .text(verification.text),
      ])
    try change(
      """
      DELETE FROM verifications WHERE icc = ?1 AND seq <= (
        SELECT seq FROM verifications WHERE icc = ?1 ORDER BY seq DESC LIMIT 1 OFFSET ?2)
      """, [.integer(row), .integer(Int64(max(0, limit)))])
  }
}
