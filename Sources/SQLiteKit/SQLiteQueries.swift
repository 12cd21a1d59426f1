import CSQLite

/// The shapes that most statements are used in.
extension SQLiteConnection {
  /// Runs a statement to its end and lets its rows go.
  package func run(_ sql: SQL, _ values: SQLiteValue...) throws(SQLiteError) {
    try statement(sql).run(values)
  }

  /// Calls `body` with each row.
  package func forEachRow<Failure: Error>(
    _ sql: SQL, _ values: [SQLiteValue] = [], _ body: (SQLiteStatement) throws(Failure) -> Void
  ) throws {
    let statement = try statement(sql)
    defer { statement.reset() }
    try statement.bind(values)
    while try statement.step() { try body(statement) }
  }

  /// What `read` makes of each row, in order.
  package func rows<Element>(
    _ sql: SQL, _ values: [SQLiteValue] = [], _ read: (SQLiteStatement) throws(SQLiteError) -> Element
  ) throws(SQLiteError) -> [Element] {
    let statement = try statement(sql)
    defer { statement.reset() }
    try statement.bind(values)
    var elements: [Element] = []
    while try statement.step() { try elements.append(read(statement)) }
    return elements
  }

  /// What `read` makes of the first row; nil without a row.
  package func first<Element>(
    _ sql: SQL, _ values: [SQLiteValue] = [], _ read: (SQLiteStatement) throws(SQLiteError) -> Element
  ) throws(SQLiteError) -> Element? {
    let statement = try statement(sql)
    defer { statement.reset() }
    try statement.bind(values)
    return try statement.step() ? try read(statement) : nil
  }

  /// The first column of the first row as a number; nil without a row or for null.
  package func integer(_ sql: SQL, _ values: SQLiteValue...) throws(SQLiteError) -> Int64? {
    try first(sql, values) { $0.integerOrNil(0) } ?? nil
  }

  /// The first column of the first row as text; nil without a row or for null.
  package func text(_ sql: SQL, _ values: SQLiteValue...) throws(SQLiteError) -> String? {
    try first(sql, values) { $0.textOrNil(0) } ?? nil
  }

  /// Runs a script of any number of statements without parameters: a migration that is part of the program.
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

  /// Runs to the end with these values and resets.
  package func run(_ values: [SQLiteValue]) throws(SQLiteError) {
    defer { reset() }
    try bind(values)
    while try step() {}
  }
}
