import Registry
import SQLiteKit

/// Reads and writes the registry's data through the writer's connection, inside the transaction that its owner has begun.
final class SQLiteWriter: SQLiteReader, RegistryWriter {
  /// Writes something that changes nothing: the header's page goes through the log like any other.
  func probe() throws(StoreError) {
    try answering { () throws(SQLiteError) in try connection.run("PRAGMA user_version = 1") }
  }

  /// Runs one change.
  func change(_ sql: SQL, _ values: [SQLiteValue]) throws(StoreError) {
    try answering { () throws(SQLiteError) in try connection.statement(sql).run(values) }
  }

  /// Runs a change that has to meet exactly one row; any other number is refused.
  func changeOne(_ sql: SQL, _ values: [SQLiteValue], orRefuse reason: String) throws(StoreError) {
    try answering { () throws(SQLiteError) in
      try connection.statement(sql).run(values)
      guard connection.changes == 1 else { throw .refused(reason) }
    }
  }
}
