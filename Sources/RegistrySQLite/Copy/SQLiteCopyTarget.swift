package import Registry
package import RegistryStorage
import SQLiteKit

/// A file that a copy fills in one transaction. It is created if it does not exist, and locked as
/// by a server. If the copy ends early, the file has no data, and the copy can be repeated.
package struct SQLiteCopyTarget: CopyTarget {
  private let opened: StoreOpening.Opened
  private let table: TableRows
  private let triggers: [String]

  private var connection: SQLiteConnection { opened.connection }

  /// Opens the file at the path, or creates it at the time `now`, and begins. Throws if it has
  /// data.
  package init(_ path: String, now: Timestamp) throws {
    do throws(StoreOpeningError) {
      let files = try DatabaseFiles(path)
      opened = try StoreOpening(files: files, purpose: .server, migrations: Migration.all, now: now).open()
    } catch {
      throw CopyError(error.description)
    }
    let connection = opened.connection
    table = TableRows(connection: connection)
    try connection.beginImmediate()
    let used = try connection.integer(
      "SELECT EXISTS (SELECT 1 FROM events) OR EXISTS (SELECT 1 FROM tokens) OR EXISTS (SELECT 1 FROM iccs)")
    guard used == 0 else { throw CopyError("\(path) has data. Copy into a file that does not exist") }
    triggers = try Self.removeTriggers(connection)
    for table in CopiedTable.all.reversed() { try connection.run("DELETE FROM " + SQL(stringLiteral: table.name)) }
  }

  /// Removes the triggers in the transaction, and returns the statements that created them.
  private static func removeTriggers(_ connection: SQLiteConnection) throws(SQLiteError) -> [String] {
    let found = try connection.rows("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid") {
      (name: $0.text(0), statement: $0.text(1))
    }
    for trigger in found { try connection.runScript("DROP TRIGGER \(trigger.name)") }
    return found.map(\.statement)
  }

  package func rows(of table: CopiedTable, _ body: ([CopiedValue]) throws -> Void) throws {
    try self.table.each(of: table, body)
  }

  package func insert(_ rows: [[CopiedValue]], into table: CopiedTable) throws {
    try self.table.insert(rows, into: table)
  }

  package func commit() throws {
    for trigger in triggers { try connection.runScript(trigger) }
    try connection.commit()
  }
}
