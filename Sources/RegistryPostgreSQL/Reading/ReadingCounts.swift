import PostgreSQLKit
import Registry

extension PostgreSQLReader {
  /// Reads the replication's state. The lag of a standby is shown to members of `pg_monitor` only
  /// (https://www.postgresql.org/docs/15/monitoring-stats.html section 28.2.4).
  private func replication() throws(StoreError) -> StoreStatistics.Replication? {
    try first(
      """
      SELECT pg_is_in_recovery(), (SELECT count(*) FROM pg_stat_replication), (extract(epoch FROM CASE
        WHEN pg_is_in_recovery() THEN clock_timestamp() - pg_last_xact_replay_timestamp()
        ELSE (SELECT max(replay_lag) FROM pg_stat_replication) END) * 1000)::bigint
      """
    ) { row in
      StoreStatistics.Replication(
        isPrimary: row.integer(0) == 0, standbys: Int(row.integer(1)), lagMilliseconds: row.integerOrNil(2))
    }
  }

  func iccCounts(of organisation: OrganisationID?) throws(StoreError) -> [ICCStatus: Int]? {
    let rows: [(String, Int)]
    if let organisation {
      guard try iccCount(of: organisation) <= StoreStatistics.maxICCsToCount else { return nil }
      rows = try self.rows(
        """
        SELECT status, count(*) FROM iccs WHERE deleted_at IS NULL AND organisation = \(organisation.text)
        GROUP BY status
        """, { ($0.text(0), Int($0.integer(1))) })
    } else {
      rows = try self.rows("SELECT substr(name, 6), value FROM counts WHERE name LIKE 'iccs.%' AND value > 0") {
        ($0.text(0), Int($0.integer(1)))
      }
    }
    return rows.reduce(into: [:]) { counts, row in
      if let status = ICCStatus(rawValue: row.0) { counts[status] = row.1 }
    }
  }

  /// Adds the counts that triggers keep, the size of the database and the end of the audit trail.
  func count(into statistics: inout StoreStatistics) throws(StoreError) {
    statistics.auditHead = try auditHead()
    statistics.replication = try replication()
    statistics.databaseBytes = try first("SELECT pg_database_size(current_database())") { $0.integer(0) } ?? 0
    for (name, value) in try rows("SELECT name, value FROM counts", { ($0.text(0), Int($0.integer(1))) }) {
      switch name {
      case EventKind.userARNShared.rawValue: statistics.sharedRoleAlarms = value
      case "alarms.held": statistics.heldICCs = value
      case "alarms.listed": statistics.listedAlarms = value
      default: break
      }
      for status in ICCStatus.allCases where name == "iccs." + status.rawValue { statistics.iccs[status] = value }
    }
  }
}
