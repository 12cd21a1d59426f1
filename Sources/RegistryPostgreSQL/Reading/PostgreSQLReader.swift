import PostgreSQLKit
import Registry

/// Reads the registry's data through one connection.
class PostgreSQLReader: RegistryReader {
  /// The connection; the writer replaces one that has failed.
  var connection: PostgreSQLConnection
  let observer: ErrorObserver
  /// The last error of this reader.
  private(set) var lastError: StoreError?

  init(_ connection: PostgreSQLConnection, _ observer: @escaping ErrorObserver) {
    (self.connection, self.observer) = (connection, observer)
  }

  /// Runs `body` on one snapshot of the data: "a query in a repeatable read transaction sees a
  /// snapshot as of the start of the first non-transaction-control statement"
  /// (https://www.postgresql.org/docs/15/transaction-iso.html section 13.2.2).
  func snapshot<Value>(_ body: (PostgreSQLReader) throws -> Value) throws -> Value {
    // A failed connection is dropped by the pool, which ends its transaction.
    defer { if connection.isOpen { endSnapshot() } }
    return try body(self)
  }

  /// Begins a snapshot.
  func beginSnapshot() throws(StoreError) {
    try mappingErrors { () throws(PostgreSQLError) in
      try connection.run(script: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    }
  }

  private func endSnapshot() {
    do { try connection.run(script: "ROLLBACK") } catch { connection.close() }
  }

  /// Returns the result of `body`. Reports an error to the observer and throws it as a
  /// `StoreError`.
  func mappingErrors<Value>(_ body: () throws(PostgreSQLError) -> Value) throws(StoreError) -> Value {
    do {
      return try body()
    } catch {
      observer(error)
      let storeError = StoreError(error)
      lastError = storeError
      throw storeError
    }
  }

  /// Returns the result of `body`. Throws `tooBroad`, and does not tell the observer, if a
  /// statement takes longer than the limit in milliseconds. The server limits elapsed time, not
  /// processor time as the other store does.
  func mappingErrors<Value>(
    timeLimit: Int?, _ body: () throws(PostgreSQLError) -> Value
  ) throws(StoreError) -> Value {
    guard let timeLimit else { return try mappingErrors(body) }
    guard timeLimit > 0 else { throw .tooBroad }
    let value = try mappingErrors { () throws(PostgreSQLError) -> Value? in
      try setTimeLimit("\(timeLimit)")
      let value: Value
      do throws(PostgreSQLError) {
        value = try body()
      } catch {
        guard error.state == .cancelled else { throw error }
        return nil
      }
      try setTimeLimit("\(connection.statementMilliseconds)")
      return value
    }
    guard let value else { throw .tooBroad }
    return value
  }

  /// Limits the following statements of the transaction.
  private func setTimeLimit(_ milliseconds: String) throws(PostgreSQLError) {
    try connection.run("SELECT set_config('statement_timeout', \(milliseconds), TRUE)")
  }

  /// Returns a page of a query's rows. The first column must be the sequence number. The query is
  /// completed by the maximum number of rows: one more than the page holds, so that a full last
  /// page is known to be the last. `key` reads the item's key in the list's order.
  func page<Item>(
    _ query: PostgreSQLQuery, _ request: PageRequest, timeLimit: Int? = nil,
    key: (PostgreSQLRow) -> String = { _ in "" }, _ read: (PostgreSQLRow) throws(PostgreSQLError) -> Item
  ) throws(StoreError) -> Page<Item> {
    try mappingErrors(timeLimit: timeLimit) { () throws(PostgreSQLError) -> Page<Item> in
      let limit = max(1, request.limit)
      var rows = try connection.rows("\(query) LIMIT \(limit + 1)") { row throws(PostgreSQLError) in
        (sequence: row.integer(0), key: key(row), item: try read(row))
      }
      let isLast = rows.count <= limit
      if !isLast { rows.removeLast() }
      let items = rows.map(\.item)
      guard !isLast, let last = rows.last else { return Page(items: items, next: nil) }
      return Page(items: items, next: last.sequence, nextKey: last.key)
    }
  }

  /// Returns what `read` makes of the first row; nil if there is none.
  func first<Value>(
    _ query: PostgreSQLQuery, _ read: (PostgreSQLRow) throws(PostgreSQLError) -> Value
  ) throws(StoreError) -> Value? {
    try mappingErrors { () throws(PostgreSQLError) in try connection.first(query, read) }
  }

  /// Returns what `read` makes of each row.
  func rows<Value>(
    _ query: PostgreSQLQuery, _ read: (PostgreSQLRow) throws(PostgreSQLError) -> Value
  ) throws(StoreError) -> [Value] {
    try mappingErrors { () throws(PostgreSQLError) in try connection.rows(query, read) }
  }
}
