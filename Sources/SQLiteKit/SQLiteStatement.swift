import CSQLite

/// A prepared statement (https://sqlite.org/c3ref/stmt.html), bound to the thread that owns its
/// connection.
///
/// As in SQLite, parameters are numbered from 1 and columns from 0.
@safe package final class SQLiteStatement {
  let handle: OpaquePointer

  init(taking handle: OpaquePointer) {
    unsafe self.handle = handle
  }

  deinit {
    unsafe sqlite3_finalize(handle)
  }

  /// Binds an integer.
  package func bind(_ value: Int64, at index: Int32) throws(SQLiteError) {
    try check(unsafe sqlite3_bind_int64(handle, index, value), .bind)
  }

  /// Binds a floating-point number.
  package func bind(real value: Double, at index: Int32) throws(SQLiteError) {
    try check(unsafe sqlite3_bind_double(handle, index, value), .bind)
  }

  /// Binds text; a NUL does not end it.
  package func bind(_ value: String, at index: Int32) throws(SQLiteError) {
    var value = value
    let code = value.withUTF8 { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) { unsafe bindText($0, at: index) }
    }
    try check(code, .bind)
  }

  /// Binds bytes; an empty array is an empty blob, not null.
  package func bind(_ value: [UInt8], at index: Int32) throws(SQLiteError) {
    let code = unsafe value.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress, !bytes.isEmpty else { return unsafe sqlite3_bind_zeroblob(handle, index, 0) }
      return unsafe csqlite_bind_blob(handle, index, start, UInt64(bytes.count))
    }
    try check(code, .bind)
  }

  /// Binds null.
  package func bindNull(at index: Int32) throws(SQLiteError) {
    try check(unsafe sqlite3_bind_null(handle, index), .bind)
  }

  /// Binds a value of any storage class.
  package func bind(_ value: SQLiteValue, at index: Int32) throws(SQLiteError) {
    switch value {
    case .null: try bindNull(at: index)
    case .integer(let number): try bind(number, at: index)
    case .real(let number): try bind(real: number, at: index)
    case .text(let text): try bind(text, at: index)
    case .blob(let bytes): try bind(bytes, at: index)
    }
  }

  /// Moves to the next row; returns false if there is none.
  package func step() throws(SQLiteError) -> Bool {
    let code = unsafe sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    if code == SQLITE_DONE { return false }
    throw failure(code, .step)
  }

  /// Makes the statement ready to run again: ends its read transaction and clears its parameters.
  ///
  /// The result of `sqlite3_reset` is ignored: it is the error that the last step has already
  /// thrown.
  package func reset() {
    unsafe sqlite3_reset(handle)
    unsafe sqlite3_clear_bindings(handle)
  }

  /// True if the statement does not change the database.
  package var isReadOnly: Bool { unsafe sqlite3_stmt_readonly(handle) != 0 }

  private func bindText(_ bytes: UnsafeBufferPointer<CChar>, at index: Int32) -> Int32 {
    guard let start = bytes.baseAddress, !bytes.isEmpty else { return unsafe csqlite_bind_text(handle, index, "", 0) }
    return unsafe csqlite_bind_text(handle, index, start, UInt64(bytes.count))
  }

  private func check(_ code: Int32, _ operation: SQLiteError.Operation) throws(SQLiteError) {
    if code != SQLITE_OK { throw failure(code, operation) }
  }

  private func failure(_ code: Int32, _ operation: SQLiteError.Operation) -> SQLiteError {
    let connection = unsafe sqlite3_db_handle(handle)
    let sql = unsafe sqlite3_sql(handle)
    return unsafe SQLiteError(of: connection, code, operation, sql: sql.map { unsafe String(cString: $0) })
  }
}
