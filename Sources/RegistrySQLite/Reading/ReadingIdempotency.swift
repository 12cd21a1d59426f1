import Registry
import SQLiteKit

extension SQLiteReader {
  func idempotencyRecord(token: TokenID, key: String) throws(StoreError) -> IdempotencyRecord? {
    try mappingErrors { () throws(SQLiteError) in
      try connection.first(
        """
        SELECT fingerprint, created_at, status, location, entity_tag, body FROM idempotency_keys
        WHERE token = ? AND key = ?
        """, [.text(token.text), .text(key)]
      ) { row in
        IdempotencyRecord(
          token: token, key: key, fingerprint: row.blob(0), createdAt: row.timestamp(1), status: Int(row.integer(2)),
          location: row.textOrNil(3), entityTag: row.textOrNil(4), body: row.blob(5))
      }
    }
  }
}
