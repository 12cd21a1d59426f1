import Registry
import SQLiteKit

extension SQLiteWriter {
  func insert(_ verification: Verification, of icc: ICCID, keeping limit: Int) throws(StoreError) {
    try changeOne(
      """
      INSERT INTO verifications (icc, started_at, icc_version, verdict, document)
      SELECT seq, ?, ?, ?, ? FROM iccs WHERE id = ?
      """,
      [
        .integer(verification.startedAt.milliseconds), .integer(verification.iccVersion),
        .text(verification.verdict.rawValue), .text(verification.text), .text(icc.text),
      ], orRefuse: "a verification of an ICC that does not exist was to be stored")
    try change(
      """
      DELETE FROM verifications WHERE icc = (SELECT seq FROM iccs WHERE id = ?1) AND seq <= (
        SELECT seq FROM verifications WHERE icc = (SELECT seq FROM iccs WHERE id = ?1)
        ORDER BY seq DESC LIMIT 1 OFFSET ?2)
      """, [.text(icc.text), .integer(Int64(max(0, limit)))])
  }
}
