import Registry
import RegistrySQLite
import RegistryStorage
import SQLiteKit
import TestSupport
import Testing
import StoreConformance

@Suite struct MaintenanceTests {
  private let place = StoreUnderTest()
  private var database: String { place.folder("r.db") }
  private var backup: String { place.folder("b.db") }

  @Test func `a backup under load has all writes acknowledged before it`() async throws {
    let store = try place.open()
    try await store.write { writer in for number in 1...200 { try writer.create(Samples.icc(number)) } }
    let load = Task {
      for number in 201...400 { try await store.write { try $0.create(Samples.icc(number)) } }
    }
    try DatabaseMaintenance.backUp(database, to: backup, now: Samples.now)
    try await load.value
    #expect(place.folder.mode(of: "b.db") == 0o600)
    #expect(try DatabaseMaintenance.examine(backup, now: Samples.now).findings.isEmpty)
    let copy = try SQLiteConnection(path: backup, access: .readOnly)
    #expect(try copy.integer("SELECT count(*) FROM iccs WHERE id <= ?", .text(Samples.iccID(200).text)) == 200)
    #expect(!place.folder.names.contains { $0.hasPrefix("b.db.unfinished") || $0 == "b.db-wal" })
  }

  @Test func `a backup does not overwrite a file`() async throws {
    try place.open().close()
    #expect(throws: MaintenanceError.targetExists(database)) {
      try DatabaseMaintenance.backUp(database, to: database, now: Samples.now)
    }
  }

  @Test func `a restore brings the state back and keeps the old database`() async throws {
    let store = try place.open()
    try await store.write { try $0.create(Samples.icc(1)) }
    try DatabaseMaintenance.backUp(database, to: backup, now: Samples.now)
    try await store.write { try $0.create(Samples.icc(2)) }
    #expect(throws: MaintenanceError.self) { try DatabaseMaintenance.restore(backup, to: database, now: Samples.now) }
    store.close()
    let replaced = try DatabaseMaintenance.restore(backup, to: database, now: Samples.now).replaced
    #expect(replaced == database + ".replaced-\(Samples.now.milliseconds)")
    let again = try place.open()
    #expect(try again.read { try $0.iccs(ICCFilter(), PageRequest(), in: .all).items.map(\.id) } == [Samples.iccID(1)])
    let old = try SQLiteConnection(path: try #require(replaced), access: .readWrite)
    #expect(try old.integer("SELECT count(*) FROM iccs") == 2)
  }

  @Test func `a restore over a killed server's database keeps the WAL with the replaced file`() async throws {
    let store = try place.open()
    try await store.write { try $0.create(Samples.icc(1)) }
    try DatabaseMaintenance.backUp(database, to: backup, now: Samples.now)
    try await store.write { try $0.create(Samples.icc(2)) }
    // The files as a killed server leaves them: the second ICC is in the WAL only.
    for (name, copy) in [("r.db", "k.db"), ("r.db-wal", "k.db-wal"), ("r.db-shm", "k.db-shm")] {
      place.folder.write(place.folder.content(of: name), to: copy)
    }
    store.close()
    let killed = place.folder("k.db")
    let replaced = try #require(try DatabaseMaintenance.restore(backup, to: killed, now: Samples.now).replaced)
    let restored = try SQLiteConnection(path: killed, access: .readWrite)
    #expect(try restored.integer("SELECT count(*) FROM iccs") == 1)
    let old = try SQLiteConnection(path: replaced, access: .readWrite)
    #expect(try old.integer("SELECT count(*) FROM iccs") == 2)
  }

  @Test func `a restore replaces a lost database`() async throws {
    try place.open().close()
    try DatabaseMaintenance.backUp(database, to: backup, now: Samples.now)
    place.folder.remove("r.db")
    #expect(try DatabaseMaintenance.restore(backup, to: database, now: Samples.now).replaced == nil)
    try place.open().close()
  }

  @Test func `a damaged backup is not restored`() async throws {
    let store = try place.open()
    try await store.write { try $0.create(Samples.icc(1)) }
    store.close()
    try DatabaseMaintenance.backUp(database, to: backup, now: Samples.now)
    place.folder.write([UInt8](repeating: 0xA5, count: 4096), to: "b.db", at: 4 * 4096)
    let before = place.folder.content(of: "r.db")
    #expect(throws: MaintenanceError.self) { try DatabaseMaintenance.restore(backup, to: database, now: Samples.now) }
    #expect(place.folder.content(of: "r.db") == before)
  }

  @Test func `the status names every migration`() async throws {
    try place.open().close()
    let status = try DatabaseMaintenance.migrations(of: database)
    #expect(status.map(\.name) == Migration.all.map(\.name))
    #expect(status.allSatisfy { $0.appliedAt == Samples.now })
  }
}
