import Registry
import SQLiteKit

/// Reads and writes the registry's data over the writer's connection, inside the transaction that
/// its owner began.
final class SQLiteWriter: SQLiteReader, RegistryWriter {
  /// Writes a page without a change: the header's page goes through the WAL like any other.
  func probe() throws(StoreError) {
    try mappingErrors { () throws(SQLiteError) in try connection.run("PRAGMA user_version = 1") }
  }

  /// Runs one change.
  func change(_ sql: SQL, _ values: [SQLiteValue]) throws(StoreError) {
    try mappingErrors { () throws(SQLiteError) in try connection.statement(sql).run(values) }
  }

  /// Runs a change that must affect exactly one row; throws otherwise.
  func changeOne(_ sql: SQL, _ values: [SQLiteValue], orRefuse reason: String) throws(StoreError) {
    try mappingErrors { () throws(SQLiteError) in
      try connection.statement(sql).run(values)
      guard connection.changes == 1 else { throw .refused(reason) }
    }
  }
}
