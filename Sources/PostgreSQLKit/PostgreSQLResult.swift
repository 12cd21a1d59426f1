import CLibpq

/// The rows of a query, in the binary format.
@safe final class PostgreSQLResult {
  private let library: clibpq
  private let result: OpaquePointer

  /// Takes over a result.
  @unsafe init(_ library: clibpq, _ result: OpaquePointer) {
    self.library = library
    unsafe self.result = result
  }

  deinit { unsafe library.clear(result) }

  var count: Int32 { unsafe library.ntuples(result) }

  /// The number of rows that a change affected.
  var changes: Int {
    guard let text = unsafe library.cmdTuples(result) else { return 0 }
    return Int(unsafe String(cString: text)) ?? 0
  }

  /// True if the statement succeeded.
  var succeeded: Bool {
    let status = unsafe library.resultStatus(result)
    return status == Int32(CLIBPQ_COMMAND_OK) || status == Int32(CLIBPQ_TUPLES_OK)
  }

  /// The SQLSTATE code of a failed statement; nil if libpq itself failed.
  var code: String? { field(CLIBPQ_SQLSTATE) }
  /// The message of a failed statement.
  var message: String? { field(CLIBPQ_MESSAGE) }

  private func field(_ name: Int) -> String? {
    guard let text = unsafe library.resultErrorField(result, Int32(name)) else { return nil }
    return unsafe String(cString: text)
  }

  /// Calls `body` with the bytes of a value; returns nil for null.
  func value<Value>(_ row: Int32, _ column: Int32, _ body: (UnsafeRawBufferPointer) -> Value) -> Value? {
    guard unsafe library.getisnull(result, row, column) == 0 else { return nil }
    let length = unsafe Int(library.getlength(result, row, column))
    let start = unsafe library.getvalue(result, row, column)
    return unsafe body(UnsafeRawBufferPointer(start: start, count: length))
  }
}

/// A row of a result. Columns count from 0. Reading a column as a type that it does not have gives
/// a wrong value, never undefined behaviour.
package struct PostgreSQLRow {
  let result: PostgreSQLResult
  let index: Int32

  /// Returns the integer or boolean; nil for null.
  package func integerOrNil(_ column: Int32) -> Int64? {
    unsafe result.value(index, column) { bytes in
      guard let first = unsafe bytes.first else { return 0 }
      // A boolean is one byte, 0 or 1; integers are two's complement, big-endian.
      var value: Int64 = bytes.count > 1 && first >= 0x80 ? -1 : 0
      unsafe bytes.forEach { value = value << 8 | Int64($0) }
      return value
    }
  }

  /// Returns the integer or boolean; 0 for null.
  package func integer(_ column: Int32) -> Int64 { integerOrNil(column) ?? 0 }

  /// Returns the text; nil for null.
  package func textOrNil(_ column: Int32) -> String? {
    unsafe result.value(index, column) { unsafe String(decoding: $0, as: UTF8.self) }
  }

  /// Returns the text; empty for null.
  package func text(_ column: Int32) -> String { textOrNil(column) ?? "" }

  /// Returns the bytes; nil for null.
  package func bytesOrNil(_ column: Int32) -> [UInt8]? { unsafe result.value(index, column) { unsafe Array($0) } }

  /// Returns the bytes; empty for null.
  package func bytes(_ column: Int32) -> [UInt8] { bytesOrNil(column) ?? [] }
}
