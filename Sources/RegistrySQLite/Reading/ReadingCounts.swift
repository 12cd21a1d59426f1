import Registry
import SQLiteKit

/// The store's counts for metrics that need a connection. Each is a constant number of pages.
struct StoreCounts {
  /// The pages that contain nothing (https://sqlite.org/pragma.html#pragma_freelist_count).
  var freePages: Int64 = 0
  /// The live ICCs by status.
  var iccs: [ICCStatus: Int] = [:]
  /// The number of `user-arn.shared` events.
  var sharedRoleAlarms = 0
  /// The live ICCs with an alarm that are held.
  var heldICCs = 0
  /// The live ICCs with an alarm that are not held.
  var listedAlarms = 0
  /// The end of the audit trail.
  var auditHead = AuditHead.start
}

extension SQLiteReader {
  /// Returns the counts. Triggers keep the table `counts`, so no row of an ICC is read.
  func counts() throws(StoreError) -> StoreCounts {
    try mappingErrors { () throws(SQLiteError) in
      var counts = StoreCounts()
      // An unreadable event is reported by the request or the probe that reads it, not by a scrape.
      counts.auditHead = (try? AuditHead(of: connection)) ?? .start
      counts.freePages = try connection.first("PRAGMA freelist_count") { $0.integer(0) } ?? 0
      let rows = try connection.rows("SELECT name, value FROM counts") { ($0.text(0), Int($0.integer(1))) }
      for (name, value) in rows {
        switch name {
        case EventKind.userARNShared.rawValue: counts.sharedRoleAlarms = value
        case "alarms.held": counts.heldICCs = value
        case "alarms.listed": counts.listedAlarms = value
        default: break
        }
        for status in ICCStatus.allCases where name == "iccs." + status.rawValue { counts.iccs[status] = value }
      }
      return counts
    }
  }

  func iccCount(of organisation: OrganisationID) throws(StoreError) -> Int {
    try count("SELECT iccs FROM organisation_counts WHERE organisation = ?", [.text(organisation.text)])
  }

  func iccCounts(of organisation: OrganisationID?) throws(StoreError) -> [ICCStatus: Int]? {
    guard let organisation else { return try counts().iccs.filter { $0.value > 0 } }
    guard try iccCount(of: organisation) <= StoreStatistics.maxICCsToCount else { return nil }
    return try mappingErrors { () throws(SQLiteError) in
      // In Swift, because GROUP BY would sort the rows.
      let statuses = try connection.rows(
        "SELECT status FROM iccs INDEXED BY iccs_live_names WHERE deleted_at IS NULL AND organisation = ?",
        [.text(organisation.text)]
      ) { row throws(SQLiteError) in
        guard let status = ICCStatus(rawValue: row.text(0)) else { throw .unreadable("iccs.status") }
        return status
      }
      return statuses.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
  }

  /// Reads at most `limit` entries of the index `tokens_not_revoked`.
  func validTokenCount(of organisation: OrganisationID, at now: Timestamp, upTo limit: Int) throws(StoreError) -> Int {
    let tokens: SQL =
      "SELECT 1 FROM tokens WHERE organisation IS NOT NULL AND revoked_at IS NULL AND organisation = ?1"
    return try count(
      "SELECT count(*) FROM (" + tokens + " AND expires_at IS NULL UNION ALL " + tokens
        + " AND expires_at > ?2 LIMIT ?3)",
      [.text(organisation.text), .integer(now.milliseconds), .integer(Int64(limit))])
  }

  func idempotencyRecordCount(of token: TokenID) throws(StoreError) -> Int {
    try count("SELECT idempotency_keys FROM token_counts WHERE token = ?", [.text(token.text)])
  }

  private func count(_ sql: SQL, _ values: [SQLiteValue]) throws(StoreError) -> Int {
    try mappingErrors { () throws(SQLiteError) in
      try connection.first(sql, values) { Int($0.integer(0)) } ?? 0
    }
  }
}
