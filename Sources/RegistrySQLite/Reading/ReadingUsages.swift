import Registry
import SQLiteKit

extension SQLiteReader {
  func usages(of icc: ICCID, at time: Timestamp, in scope: Scope) throws(StoreError) -> [Usage] {
    let (inScope, scoped) = scope.condition("organisation")
    return try mappingErrors { () throws(SQLiteError) in
      try connection.rows(
        "SELECT key, description, expires_at, created_at, created_by FROM usages WHERE icc = "
          + "(SELECT seq FROM iccs WHERE id = ? AND" + inScope + ") AND expires_at > ? ORDER BY key",
        [.text(icc.text)] + scoped + [.integer(time.milliseconds)]
      ) { row in
        Usage(
          key: UsageKey(stored: row.text(0)), description: ICCDescription(stored: row.text(1)),
          expiresAt: row.timestamp(2), createdAt: row.timestamp(3), createdBy: Actor(stored: row.text(4)))
      }
    }
  }
}
