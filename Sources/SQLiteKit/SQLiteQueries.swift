import CSQLite

/// The usual ways to run a statement.
extension SQLiteConnection {
  /// Runs a statement to its end and discards its rows.
  package func run(_ sql: SQL, _ values: SQLiteValue...) throws(SQLiteError) {
    try statement(sql).run(values)
  }

  /// Returns the result of `read` for each row, in order.
  package func rows<Element>(
    _ sql: SQL, _ values: [SQLiteValue] = [], _ read: (SQLiteStatement) throws(SQLiteError) -> Element
  ) throws(SQLiteError) -> [Element] {
    try rows(of: try statement(sql), values, read)
  }

  /// Returns the result of `read` for each row of a statement that the caller has prepared: one
  /// that is used only once, and that `statement` would keep.
  package func rows<Element>(
    of statement: SQLiteStatement, _ values: [SQLiteValue],
    _ read: (SQLiteStatement) throws(SQLiteError) -> Element
  ) throws(SQLiteError) -> [Element] {
    defer { statement.reset() }
    try statement.bind(values)
    var elements: [Element] = []
    while try statement.step() { try elements.append(read(statement)) }
    return elements
  }

  /// Returns the result of `read` for the first row; nil if there is no row.
  package func first<Element>(
    _ sql: SQL, _ values: [SQLiteValue] = [], _ read: (SQLiteStatement) throws(SQLiteError) -> Element
  ) throws(SQLiteError) -> Element? {
    let statement = try statement(sql)
    defer { statement.reset() }
    try statement.bind(values)
    return try statement.step() ? try read(statement) : nil
  }

  /// Returns the first column of the first row as an integer; nil if there is no row or it is null.
  package func integer(_ sql: SQL, _ values: SQLiteValue...) throws(SQLiteError) -> Int64? {
    try first(sql, values) { $0.integerOrNil(0) } ?? nil
  }

  /// Returns the first column of the first row as text; nil if there is no row or it is null.
  package func text(_ sql: SQL, _ values: SQLiteValue...) throws(SQLiteError) -> String? {
    try first(sql, values) { $0.textOrNil(0) } ?? nil
  }

  /// Runs a script of any number of statements without parameters, such as an embedded migration.
  package func runScript(_ script: String) throws(SQLiteError) {
    try check(unsafe sqlite3_exec(handle, script, nil, nil, nil), .step)
  }
}

extension SQLiteStatement {
  /// Binds the values to the parameters 1, 2, 3, …
  package func bind(_ values: [SQLiteValue]) throws(SQLiteError) {
    for (offset, value) in values.enumerated() {
      try bind(value, at: Int32(truncatingIfNeeded: offset + 1))
    }
  }

  /// Runs the statement to its end with these values, and resets it.
  package func run(_ values: [SQLiteValue]) throws(SQLiteError) {
    defer { reset() }
    try bind(values)
    while try step() {}
  }
}
