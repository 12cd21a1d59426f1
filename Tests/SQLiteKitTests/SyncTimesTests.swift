import SQLiteKit
import System
import TestSupport
import Testing

/// Other tests of this process sync too, so the counts are lower bounds.
@Suite struct SyncTimesTests {
  private let folder = TemporaryFolder()

  private func counts() -> [SyncTimes.File: Int] {
    Dictionary(uniqueKeysWithValues: SyncTimes.all.map { ($0.file, $0.times.counts.reduce(0, +)) })
  }

  @Test func `a commit syncs the WAL, and a checkpoint the database`() throws {
    let connection = try SQLiteConnection(path: folder("r.db"), access: .create)
    #expect(try connection.text("PRAGMA journal_mode = WAL") == "wal")
    try connection.run("PRAGMA synchronous = FULL")
    try connection.run("CREATE TABLE t (x)")
    let before = counts()
    for _ in 0..<5 { try connection.run("INSERT INTO t VALUES (1)") }
    let committed = counts()
    #expect((committed[.wal] ?? 0) - (before[.wal] ?? 0) >= 5)
    try connection.checkpoint(.passive)
    #expect((counts()[.database] ?? 0) > (committed[.database] ?? 0))
    #expect(SyncTimes.all.allSatisfy { $0.times.sum > 0 && $0.times.sum < 600 })
  }
}
