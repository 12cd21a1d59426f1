import SQLiteKit
import TestSupport
import Testing

@Suite struct TransactionTests {
  private let folder = TemporaryFolder()

  private func database() throws -> SQLiteConnection {
    let connection = try SQLiteConnection(path: folder("a.db"), access: .create)
    _ = try connection.text("PRAGMA journal_mode = WAL")
    try connection.run("CREATE TABLE IF NOT EXISTS t (k INTEGER PRIMARY KEY) STRICT")
    return connection
  }

  private struct Refusal: Error {}

  @Test func `a transaction is committed or undone as a whole`() throws {
    let connection = try database()
    try connection.transaction {
      try connection.run("INSERT INTO t VALUES (1)")
      try connection.run("INSERT INTO t VALUES (2)")
    }
    #expect(throws: Refusal.self) {
      try connection.transaction {
        try connection.run("INSERT INTO t VALUES (3)")
        throw Refusal()
      }
    }
    #expect(!connection.isInTransaction)
    #expect(try connection.rows("SELECT k FROM t ORDER BY k") { $0.integer(0) } == [1, 2])
  }

  @Test(arguments: [10, 100, 1_000, 3_000]) func `a savepoint can change any number of pages`(pages: Int64) throws {
    let connection = try database()
    try connection.run("CREATE TABLE pages (k INTEGER PRIMARY KEY, content BLOB) STRICT")
    let fill: SQL = """
      INSERT INTO pages SELECT value, randomblob(3000) FROM
        (WITH RECURSIVE n(value) AS (VALUES(1) UNION ALL SELECT value + 1 FROM n WHERE value < ?) SELECT value FROM n)
      """
    try connection.run(fill, .integer(pages))
    try connection.beginImmediate()
    try connection.beginSavepoint()
    try connection.run("UPDATE pages SET content = zeroblob(3000)")
    try connection.rollBackSavepoint()
    #expect(try connection.integer("SELECT count(*) FROM pages WHERE content = zeroblob(3000)") == 0)
    try connection.beginSavepoint()
    try connection.run("UPDATE pages SET content = zeroblob(3000)")
    try connection.releaseSavepoint()
    try connection.commit()
    #expect(try connection.integer("SELECT count(*) FROM pages WHERE content = zeroblob(3000)") == pages)
    #expect(try connection.text("PRAGMA integrity_check") == "ok")
  }

  @Test func `a savepoint is undone alone`() throws {
    let connection = try database()
    try connection.beginImmediate()
    for (number, keep) in [(1, true), (2, false), (3, true)] {
      try connection.beginSavepoint()
      try connection.run("INSERT INTO t VALUES (?)", .integer(Int64(number)))
      keep ? try connection.releaseSavepoint() : try connection.rollBackSavepoint()
    }
    #expect(connection.isInTransaction)
    try connection.commit()
    #expect(try connection.rows("SELECT k FROM t ORDER BY k") { $0.integer(0) } == [1, 3])
  }

  @Test func `changes and rowids are reported`() throws {
    let connection = try database()
    try connection.run("INSERT INTO t VALUES (41), (42)")
    #expect(connection.changes == 2 && connection.lastInsertedRow == 42)
  }

  @Test func `a checkpoint moves the WAL into the database`() throws {
    let connection = try database()
    for _ in 0..<10 { try connection.run("INSERT INTO t VALUES (NULL)") }
    let passive = try connection.checkpoint(.passive)
    #expect(passive.walFrames > 0 && passive.copiedFrames == passive.walFrames)
    #expect(try connection.checkpoint(.truncate) == SQLiteCheckpoint(walFrames: 0, copiedFrames: 0))
  }

  @Test func `a copy is one state while a writer continues`() throws {
    let connection = try database()
    try connection.run("INSERT INTO t VALUES (1), (2), (3)")
    let writer = try SQLiteConnection(path: folder("a.db"), access: .readWrite)
    try writer.beginImmediate()
    try writer.run("INSERT INTO t VALUES (4)")
    let copy = try SQLiteConnection(path: folder("copy.db"), access: .create)
    try connection.copy(over: copy, pagesPerStep: 64) { _ in }
    try writer.commit()
    #expect(try copy.integer("SELECT count(*) FROM t") == 3)
    #expect(try copy.text("PRAGMA integrity_check") == "ok")
  }

  @Test func `a copy over a database in use is rejected`() throws {
    let connection = try database()
    let copy = try SQLiteConnection(path: folder("copy.db"), access: .create)
    try copy.run("CREATE TABLE other (k)")
    let user = try SQLiteConnection(path: folder("copy.db"), access: .readWrite)
    try user.beginImmediate()
    do throws(SQLiteError) {
      try connection.copy(over: copy, pagesPerStep: 64) { _ in }
      Issue.record("copied over a database that is written to")
    } catch {
      #expect(.busy ~= error.code && error.operation == .backup)
    }
  }

  @Test func `a script runs as a whole`() throws {
    let connection = try database()
    try connection.runScript("INSERT INTO t VALUES (1); -- one\nINSERT INTO t VALUES (2);")
    #expect(try connection.integer("SELECT count(*) FROM t") == 2)
  }
}
