import SQLiteKit
import TestSupport
import Testing

@Suite struct ValueTests {
  private let folder = TemporaryFolder()

  @Test(
    arguments: [
      .null, .integer(0), .integer(.min), .integer(.max), .real(0.1), .real(-.greatestFiniteMagnitude), .text(""),
      .text("plain"), .text("before\u{0}after"), .text("\u{0}"), .text("é 🦆 \u{200B}"), .blob([]), .blob([0]),
      .blob([0xFF, 0, 0xFE]), .blob([UInt8](repeating: 7, count: 100_000)),
    ] as [SQLiteValue])
  func `a value is stored and read unchanged`(_ value: SQLiteValue) throws {
    let connection = try SQLiteConnection(path: folder("a.db"), access: .create)
    try connection.run("CREATE TABLE t (v ANY) STRICT")
    try connection.run("INSERT INTO t VALUES (?)", value)
    #expect(try connection.first("SELECT v FROM t") { $0.value(0) } == value)
  }

  @Test func `columns distinguish NULL from empty`() throws {
    let connection = try SQLiteConnection(path: folder("a.db"), access: .create)
    _ = try connection.rows("SELECT NULL, '', x'', 0, 1.5") { row in
      #expect(row.isNull(0) && row.textOrNil(0) == nil && row.blobOrNil(0) == nil && row.integerOrNil(0) == nil)
      #expect(row.textOrNil(1) == "" && row.blobOrNil(2) == [] && row.integerOrNil(3) == 0 && row.real(4) == 1.5)
      row.withBytes(0) { #expect($0.count == 0) }
      row.withBytes(1) { #expect($0.count == 0) }
    }
  }

  @Test func `bytes are lent without a copy`() throws {
    let connection = try SQLiteConnection(path: folder("a.db"), access: .create)
    let sum = try connection.first("SELECT x'0102ff'") { row in
      row.withBytes(0) { bytes in bytes.indices.reduce(0) { $0 + Int(bytes[$1]) } }
    }
    #expect(sum == 258)
  }

  @Test func `a statement is prepared once and forgets its parameters`() throws {
    let connection = try SQLiteConnection(path: folder("a.db"), access: .create)
    let first = try connection.statement("SELECT ?")
    try first.bind(7, at: 1)
    #expect(try first.step() && first.integer(0) == 7)
    let again = try connection.statement("SELECT ?")
    #expect(first === again)
    #expect(try again.step() && again.isNull(0))
  }

  @Test func `the pieces of a statement are joined`() throws {
    let connection = try SQLiteConnection(path: folder("a.db"), access: .create)
    #expect(try connection.integer("SELECT 1" + " + 2") == 3)
  }

  @Test func `a nil value is stored as NULL`() {
    #expect(SQLiteValue.text(orNull: nil) == .null && SQLiteValue.text(orNull: "a") == .text("a"))
    #expect(SQLiteValue.integer(orNull: nil) == .null && SQLiteValue.integer(orNull: 3) == .integer(3))
    #expect(SQLiteValue.blob(orNull: nil) == .null && SQLiteValue.blob(orNull: [1]) == .blob([1]))
    #expect(SQLiteValue.bool(true) == .integer(1) && SQLiteValue.bool(false) == .integer(0))
  }
}
