import PostgreSQLKit
import Registry

extension PostgreSQLReader {
  /// Adds the counts that triggers keep, the size of the database and the end of the audit trail.
  func count(into statistics: inout StoreStatistics) throws(StoreError) {
    statistics.auditHead = try auditHead()
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
