import CSQLite

extension SQLiteConnection {
  /// Makes a function of one text available to the statements of this connection, but not to the
  /// schema. It must always return the same result for the same text
  /// (https://sqlite.org/c3ref/create_function.html).
  package func addFunction(
    _ name: StaticString, _ function: @escaping (String) -> String
  ) throws(SQLiteError) {
    let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY
    // SQLite calls the last argument when the connection closes, also if the call fails.
    let context = unsafe Unmanaged.passRetained(TextFunction(function)).toOpaque()
    let code = unsafe sqlite3_create_function_v2(
      handle, name.description, 1, flags, context,
      { context, _, values in
        guard let context = unsafe context, let data = unsafe sqlite3_user_data(context),
          let value = unsafe values?[0]
        else { return }
        unsafe Unmanaged<TextFunction>.fromOpaque(data).takeUnretainedValue().call(context, value)
      }, nil, nil,
      { context in
        if let context = unsafe context { unsafe Unmanaged<TextFunction>.fromOpaque(context).release() }
      })
    try check(code, .configure)
  }
}

/// A function that SQLite holds until the connection closes.
private final class TextFunction {
  private let function: (String) -> String

  init(_ function: @escaping (String) -> String) { self.function = function }

  /// Sets the result for a value. Null stays null.
  func call(_ context: OpaquePointer, _ value: OpaquePointer) {
    guard let bytes = unsafe sqlite3_value_text(value) else { return unsafe sqlite3_result_null(context) }
    let count = Int(unsafe sqlite3_value_bytes(value))
    let text = unsafe String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    var result = function(text)
    result.withUTF8 { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
        // An empty text, unlike null.
        guard let start = characters.baseAddress else { return unsafe csqlite_result_text(context, "", 0) }
        unsafe csqlite_result_text(context, start, UInt64(characters.count))
      }
    }
  }
}
