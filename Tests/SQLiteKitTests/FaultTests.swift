import Glibc
import SQLiteKit
import TestSupport
import Testing

/// Each fault is brought about for real and told apart by its code.
@Suite struct FaultTests {
  private let folder = TemporaryFolder()

  private func code(_ body: () throws -> Void) -> SQLiteResultCode? {
    do {
      try body()
      return nil
    } catch {
      return (error as? SQLiteError)?.code
    }
  }

  private func database() throws -> SQLiteConnection {
    let connection = try SQLiteConnection(path: folder("a.db"), access: .create)
    try connection.run("CREATE TABLE IF NOT EXISTS t (k INTEGER PRIMARY KEY, u TEXT UNIQUE CHECK (u <> 'bad')) STRICT")
    return connection
  }

  @Test func `a missing file is not created`() {
    #expect(code { _ = try SQLiteConnection(path: folder("a.db"), access: .readWrite) } == .cannotOpen)
    #expect(code { _ = try SQLiteConnection(path: folder("a.db"), access: .readOnly) } == .cannotOpen)
    #expect(code { _ = try SQLiteConnection(path: folder("no/a.db"), access: .create) } == .cannotOpen)
    #expect(folder.names.isEmpty)
  }

  @Test func `a file and its companions have mode 0600`() throws {
    let connection = try database()
    _ = try connection.text("PRAGMA journal_mode = WAL")
    try connection.run("INSERT INTO t VALUES (1, 'a')")
    for name in ["a.db", "a.db-wal", "a.db-shm"] { #expect(folder.mode(of: name) == 0o600, "\(name)") }
  }

  @Test func `the lock of another connection is busy`() throws {
    let one = try database()
    let two = try database()
    try one.beginImmediate()
    #expect(code { try two.beginImmediate() } == .busy)
    try one.commit()
    #expect(code { try two.beginImmediate() } == nil)
  }

  @Test func `a reader that becomes a writer too late is a busy snapshot`() throws {
    let one = try database()
    _ = try one.text("PRAGMA journal_mode = WAL")
    let two = try database()
    try two.beginDeferred()
    _ = try two.integer("SELECT count(*) FROM t")
    try one.run("INSERT INTO t VALUES (1, 'a')")
    let fault = code { try two.run("INSERT INTO t VALUES (2, 'b')") }
    #expect(fault == .busySnapshot && fault.map { .busy ~= $0 } == true)
  }

  @Test func `a full database recovers without a new connection`() throws {
    let connection = try database()
    _ = try connection.integer("PRAGMA max_page_count = 4")
    let text = String(repeating: "x", count: 100_000)
    #expect(code { try connection.run("INSERT INTO t VALUES (1, ?)", .text(text)) } == .full)
    #expect(try connection.integer("SELECT count(*) FROM t") == 0)
    _ = try connection.integer("PRAGMA max_page_count = 4000")
    #expect(code { try connection.run("INSERT INTO t VALUES (1, ?)", .text(text)) } == nil)
  }

  @Test func `a write beyond the file size limit is an I/O error`() async {
    await #expect(processExitsWith: .success) {
      let folder = TemporaryFolder()
      let connection = try SQLiteConnection(path: folder("a.db"), access: .create)
      try connection.run("CREATE TABLE t (v BLOB)")
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 65_536, rlim_max: 65_536)
      try #require(unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
      do {
        try connection.run("INSERT INTO t VALUES (zeroblob(1000000))")
        exit(1)
      } catch let error as SQLiteError {
        guard .inputOutput ~= error.code else { exit(2) }
      }
    }
  }

  @Test func `a read-only connection does not write`() throws {
    _ = try database()
    let reader = try SQLiteConnection(path: folder("a.db"), access: .readOnly)
    #expect(code { try reader.run("INSERT INTO t VALUES (1, 'a')") } == .readOnly)
  }

  @Test func `random bytes are not a database`() throws {
    folder.write(Array("This is a letter to my aunt, and no database at all.".utf8), to: "a.db")
    #expect(
      code { try SQLiteConnection(path: folder("a.db"), access: .readWrite).run("SELECT * FROM sqlite_schema") }
        == .notADatabase)
  }

  @Test func `overwritten pages are corrupt`() throws {
    do {
      let connection = try database()
      for number in 0..<1000 {
        try connection.run("INSERT INTO t VALUES (?, ?)", .integer(Int64(number)), .text("\(number)"))
      }
    }
    for page in 1..<10 { folder.write([UInt8](repeating: 0xA5, count: 4096), to: "a.db", at: page * 4096) }
    let connection = try SQLiteConnection(path: folder("a.db"), access: .readWrite)
    let fault = code { _ = try connection.integer("SELECT sum(k) FROM t") }
    #expect(fault.map { .corrupt ~= $0 } == true)
  }

  @Test(
    arguments: [
      ("INSERT INTO t VALUES (1, 'b')", .constraintPrimaryKey), ("INSERT INTO t VALUES (2, 'a')", .constraintUnique),
      ("INSERT INTO t VALUES (2, 'bad')", .constraintCheck), ("INSERT INTO t VALUES (2, x'00')", .constraintDataType),
      ("INSERT INTO nothing VALUES (1)", .error), ("INSERT INTO t VALUES (\"b\")", .error),
    ] as [(SQL, SQLiteResultCode)])
  func `each constraint violation has its own code`(_ sql: SQL, _ expected: SQLiteResultCode) throws {
    let connection = try database()
    try connection.run("INSERT INTO t VALUES (1, 'a')")
    #expect(code { try connection.run(sql) } == expected)
  }

  @Test func `a parameter too many is out of range`() throws {
    let connection = try database()
    #expect(code { try connection.run("SELECT ?", .null, .null) } == .range)
  }

  @Test func `an empty text is not a statement`() throws {
    let connection = try database()
    #expect(code { try connection.run("-- nothing") } == .misuse)
  }

  @Test func `another database cannot be attached`() throws {
    let connection = try database()
    #expect(code { try connection.run("ATTACH ? AS other", .text(folder("b.db"))) } == .error)
  }

  @Test func `the schema cannot be edited as text`() throws {
    let connection = try database()
    try connection.run("PRAGMA writable_schema = ON")
    #expect(code { try connection.run("UPDATE sqlite_schema SET sql = 'CREATE TABLE t (k)'") } == .error)
    #expect(code { try connection.run("DELETE FROM sqlite_schema") } == .error)
  }

  @Test func `a view in the file cannot use what only trusted SQL may use`() throws {
    let connection = try database()
    try connection.run("CREATE VIEW v AS SELECT name FROM pragma_table_list")
    #expect(code { _ = try connection.text("SELECT name FROM v") } == .error)
  }

  @Test func `a cell larger than its page is found when the page is read`() throws {
    let connection = try database()
    #expect(try connection.integer("PRAGMA cell_size_check") == 1)
  }

  @Test func `an error names the statement and not the value`() throws {
    let connection = try database()
    try connection.run("INSERT INTO t VALUES (1, ?)", .text("secret"))
    do throws(SQLiteError) {
      try connection.run("INSERT INTO t VALUES (2, ?)", .text("secret"))
      Issue.record("the second insert went through")
    } catch {
      #expect(error.operation == .step && error.sql == "INSERT INTO t VALUES (2, ?)")
      #expect(error.description.hasPrefix("SQLITE_CONSTRAINT(2067) at step: "))
      #expect(!error.description.contains("secret"))
    }
  }
}
