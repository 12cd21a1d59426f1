/// The values of a query as the arrays that libpq takes.
struct PostgreSQLParameters {
  /// All values one after the other, each with a NUL after it.
  private var bytes: [UInt8] = []
  /// The start of each value; nil for null.
  private var starts: [Int?] = []
  private var lengths: [Int32] = []
  private var formats: [Int32] = []

  /// Throws for a text with a NUL, which PostgreSQL cannot store or compare.
  init(_ values: [PostgreSQLValue], _ statement: String) throws(PostgreSQLError) {
    for value in values {
      let encoded = value.encoded
      if let encoded, !value.isBinary, encoded.contains(0) {
        throw PostgreSQLError(.constraint, "a text contains a NUL character", statement: statement)
      }
      starts.append(encoded.map { _ in bytes.count })
      lengths.append(Int32(encoded?.count ?? 0))
      formats.append(value.isBinary ? 1 : 0)
      bytes += encoded ?? []
      bytes.append(0)
    }
  }

  /// Calls `body` with the number of values, their starts, lengths and formats.
  func withPointers<Value>(
    _ body: (Int32, [UnsafePointer<CChar>?], [Int32], [Int32]) -> Value
  ) -> Value {
    unsafe bytes.withUnsafeBytes { buffer in
      let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
      let pointers = unsafe starts.map { offset in unsafe offset.flatMap { unsafe start?.advanced(by: $0) } }
      return unsafe body(Int32(starts.count), pointers, lengths, formats)
    }
  }
}
