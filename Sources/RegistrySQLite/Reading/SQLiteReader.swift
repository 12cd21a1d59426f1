import Registry
import SQLiteKit

/// Reads the registry's data through one connection.
class SQLiteReader: RegistryReader {
  let connection: SQLiteConnection
  let observer: ErrorObserver
  // Statements of every request are stored properties: a lookup by text would cost as much as
  // reading the row.
  let iccByID: SQLiteStatement
  let iccByIDInOrganisation: SQLiteStatement
  let versionByID: SQLiteStatement
  let versionByIDInOrganisation: SQLiteStatement
  let tokenByHash: SQLiteStatement
  private let dataVersion: SQLiteStatement
  /// The values of earlier snapshots that are still current. The writer has none: it sees its own
  /// changes before they are committed.
  let cache: ReadCache?
  /// The last error of this connection.
  private(set) var lastError: StoreError?

  init(
    _ connection: SQLiteConnection, cache: ReadCache? = nil, _ observer: @escaping ErrorObserver
  ) throws(SQLiteError) {
    self.connection = connection
    self.cache = cache
    self.observer = observer
    try connection.addFunction("folded") { $0.folded }
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
  /// The snapshot is the read transaction of a statement that stays on its row while `body` runs:
  /// "An implicit transaction is committed automatically when the last active statement finishes"
  /// (https://sqlite.org/lang_transaction.html section 2.1). The row changes with each commit since
  /// this connection's last snapshot (https://sqlite.org/pragma.html#pragma_data_version), and
  /// costs less than BEGIN and COMMIT.
  func snapshot<Value>(_ body: (SQLiteReader) throws -> Value) throws -> Value {
    defer { dataVersion.reset() }
    let state = try mappingErrors { () throws(SQLiteError) in
      try dataVersion.step() ? dataVersion.integer(0) : 0
    }
    cache?.show(state)
    return try body(self)
  }

  /// Reads a token and the last event from the file, not from the cache: so a truncated file or a
  /// missing table is noticed.
  func probe() throws(StoreError) {
    try mappingErrors { () throws(SQLiteError) in
      try connection.run("PRAGMA shrink_memory")
      _ = try connection.first("SELECT " + Token.columns + " FROM tokens LIMIT 1", [], Token.init(row:))
      _ = try connection.first(
        "SELECT " + AuditEvent.columns + " FROM events ORDER BY seq DESC LIMIT 1", [], AuditEvent.init(row:))
    }
  }

  /// Returns the result of `body`. Reports an SQLite error to the observer and throws it as a
  /// `StoreError`.
  func mappingErrors<Value>(_ body: () throws(SQLiteError) -> Value) throws(StoreError) -> Value {
    do {
      return try body()
    } catch {
      observer(error)
      let storeError = StoreError(error)
      lastError = storeError
      throw storeError
    }
  }

  /// Returns the result of `body`. Throws `tooBroad`, and does not tell the observer, if it takes
  /// longer than the limit in milliseconds of processor time.
  func mappingErrors<Value>(
    timeLimit: Int?, _ body: () throws(SQLiteError) -> Value
  ) throws(StoreError) -> Value {
    let value = try mappingErrors { () throws(SQLiteError) -> Value? in
      guard let timeLimit else { return try body() }
      do throws(SQLiteError) {
        return try connection.limited(milliseconds: timeLimit, body)
      } catch {
        guard case .interrupted = error.code else { throw error }
        return nil
      }
    }
    guard let value else { throw .tooBroad }
    return value
  }

  /// Returns a page of a statement's rows. The first column must be the sequence number, and the
  /// last parameter the maximum number of rows: one more than the page holds, so that a full last
  /// page is known to be the last. `key` reads the item's key in the list's order.
  func page<Item>(
    _ sql: SQL, _ values: [SQLiteValue], _ request: PageRequest, timeLimit: Int? = nil,
    key: (SQLiteStatement) -> String = { _ in "" }, _ read: (SQLiteStatement) throws(SQLiteError) -> Item
  ) throws(StoreError) -> Page<Item> {
    try mappingErrors(timeLimit: timeLimit) { () throws(SQLiteError) -> Page<Item> in
      let limit = max(1, request.limit)
      let values = values + [.integer(Int64(limit) + 1)]
      var rows = try connection.rows(sql, values) { row throws(SQLiteError) in
        (sequence: row.integer(0), key: key(row), item: try read(row))
      }
      let isLast = rows.count <= limit
      if !isLast { rows.removeLast() }
      let items = rows.map(\.item)
      guard !isLast, let last = rows.last else { return Page(items: items, next: nil) }
      return Page(items: items, next: last.sequence, nextKey: last.key)
    }
  }
}
