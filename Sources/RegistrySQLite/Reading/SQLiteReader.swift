import Registry
import SQLiteKit

/// Reads the registry's data through one connection.
class SQLiteReader: RegistryReader {
  let connection: SQLiteConnection
  let observer: FaultObserver
  // The statements of every single request are kept at hand: finding them by their text would cost as much as their rows.
  let iccByID: SQLiteStatement
  let iccByIDInOrganisation: SQLiteStatement
  let versionByID: SQLiteStatement
  let versionByIDInOrganisation: SQLiteStatement
  let tokenByHash: SQLiteStatement
  private let dataVersion: SQLiteStatement
  /// What earlier snapshots read and this one shows too. The writer has none: it sees its own changes before they are committed.
  let kept: KeptReads?
  /// What the last failed call of SQLite meant.
  private(set) var lastFault: StoreError?

  init(
    _ connection: SQLiteConnection, keeping kept: KeptReads? = nil, _ observer: @escaping FaultObserver
  ) throws(SQLiteError) {
    self.connection = connection
    self.kept = kept
    self.observer = observer
    iccByID = try connection.prepare("SELECT " + ICC.columns + " FROM iccs WHERE id = ?")
    iccByIDInOrganisation = try connection.prepare(
      "SELECT " + ICC.columns + " FROM iccs WHERE id = ? AND organisation = ?")
    versionByID = try connection.prepare("SELECT version FROM iccs WHERE id = ?")
    versionByIDInOrganisation = try connection.prepare("SELECT version FROM iccs WHERE id = ? AND organisation = ?")
    tokenByHash = try connection.prepare("SELECT " + Token.columns + " FROM tokens WHERE hash = ?")
    dataVersion = try connection.prepare("PRAGMA data_version")
  }

  /// Runs `body` on one snapshot of the data.
  ///
  /// The snapshot is the read transaction of a statement that stays at its row while `body` runs: "An implicit transaction is
  /// committed automatically when the last active statement finishes" (https://sqlite.org/lang_transaction.html section 2.1).
  /// The row tells, in less time than entering and leaving a transaction takes, whether anybody has committed since the
  /// last snapshot of this connection (https://sqlite.org/pragma.html#pragma_data_version).
  func snapshot<Value>(_ body: (SQLiteReader) throws -> Value) throws -> Value {
    defer { dataVersion.reset() }
    let state = try answering { () throws(SQLiteError) in
      try dataVersion.step() ? dataVersion.integer(0) : 0
    }
    kept?.show(state)
    return try body(self)
  }

  /// What `body` gives; a failed call of SQLite is told to the observer, and the caller learns what kind it was.
  func answering<Value>(_ body: () throws(SQLiteError) -> Value) throws(StoreError) -> Value {
    do {
      return try body()
    } catch {
      observer(error)
      let fault = StoreError(error.code)
      lastFault = fault
      throw fault
    }
  }

  /// The page of `Item`s that the statement gives, whose first column is the sequence number and whose last value bounds
  /// the number of rows: one more than the page holds is asked for, so that a full last page is known to be the last.
  func page<Item>(
    _ sql: SQL, _ values: [SQLiteValue], _ request: PageRequest, _ read: (SQLiteStatement) throws(SQLiteError) -> Item
  ) throws(StoreError) -> Page<Item> {
    try answering { () throws(SQLiteError) -> Page<Item> in
      let limit = max(1, request.limit)
      let values = values + [.integer(Int64(limit) + 1)]
      var rows = try connection.rows(sql, values) { row throws(SQLiteError) in (row.integer(0), try read(row)) }
      let isLast = rows.count <= limit
      if !isLast { rows.removeLast() }
      return Page(items: rows.map(\.1), next: isLast ? nil : rows.last?.0)
    }
  }
}
