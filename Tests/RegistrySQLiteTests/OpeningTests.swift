import Registry
import RegistrySQLite
import SQLiteKit
import TestSupport
import Testing
import StoreConformance

/// A database is opened whole or refused untouched; a new one is made only where there never was
/// any.
@Suite struct OpeningTests {
  private let place = StoreUnderTest()

  private func refusal(_ purpose: StorePurpose = .server) -> StoreOpeningError? {
    do {
      try place.open(purpose).close()
      return nil
    } catch {
      return error
    }
  }

  private func makeDatabase() async throws {
    let store = try place.open()
    try await store.write { try $0.insert(Samples.icc(1)) }
    store.close()
  }

  private func expectRefusal(_ expected: (StoreOpeningError) -> Bool) {
    let before = place.folder.content(of: "r.db")
    for purpose in [.server, .command] as [StorePurpose] {
      let error = refusal(purpose)
      #expect(error.map(expected) == true, "\(purpose): \(String(describing: error))")
    }
    #expect(place.folder.content(of: "r.db") == before)
    #expect(place.folder.names.contains("r.db") == !before.isEmpty || before.isEmpty)
  }

  @Test func `every file has mode 0600`() async throws {
    let store = try place.open()
    try await store.write { try $0.insert(Samples.icc(1)) }
    #expect(place.folder.names == ["r.db", "r.db-shm", "r.db-wal", "r.db.initialised", "r.db.lock"])
    for name in place.folder.names { #expect(place.folder.mode(of: name) == 0o600, "\(name)") }
  }

  /// An empty log would cost every read a call of the system.
  @Test func `a server restarts the WAL and a command does not`() async throws {
    try await makeDatabase()
    #expect(!place.folder.names.contains("r.db-wal"))
    let command = try place.open(.command)
    _ = try command.read { try $0.icc(Samples.iccID(1), in: .all) }
    #expect(place.folder.content(of: "r.db-wal").isEmpty)
    command.close()
    let server = try place.open()
    #expect(!place.folder.content(of: "r.db-wal").isEmpty)
    #expect(try server.read { try $0.icc(Samples.iccID(1), in: .all) } != nil)
  }

  @Test func `a lost database is not created again`() async throws {
    try await makeDatabase()
    place.folder.remove("r.db")
    expectRefusal { if case .missing = $0 { true } else { false } }
    #expect(!place.folder.names.contains("r.db"))
    place.folder.remove("r.db.initialised")
    #expect(refusal() == nil)
  }

  @Test func `a WAL without its database is not overwritten`() {
    place.folder.write([1], to: "r.db-wal")
    expectRefusal { if case .missing = $0 { true } else { false } }
  }

  @Test(arguments: [true, false])
  func `an emptied database is rejected`(_ hasMarker: Bool) async throws {
    try await makeDatabase()
    place.folder.truncate("r.db", to: 0)
    if !hasMarker { place.folder.remove("r.db.initialised") }
    expectRefusal { if case .empty = $0 { true } else { false } }
  }

  @Test func `the database of another program is rejected`() throws {
    try place.connection(.create).runScript("CREATE TABLE t (k); PRAGMA application_id = 7;")
    expectRefusal { if case .foreign = $0 { true } else { false } }
  }

  @Test func `a file that is not a database is rejected`() {
    place.folder.write(Array("a letter to my aunt".utf8), to: "r.db")
    expectRefusal { if case .foreign = $0 { true } else { false } }
  }

  @Test func `an overwritten header is damage`() async throws {
    try await makeDatabase()
    place.folder.write([UInt8](repeating: 0, count: 100), to: "r.db")
    expectRefusal { if case .damaged = $0 { true } else { false } }
  }

  @Test(arguments: [1, 2, 5, 9])
  func `an overwritten page is damage`(_ page: Int) async throws {
    try await makeDatabase()
    place.folder.write([UInt8](repeating: 0xA5, count: 4096), to: "r.db", at: page * 4096)
    let error = refusal()
    #expect(error.map { if case .damaged = $0 { true } else { false } } == true, "\(String(describing: error))")
  }

  @Test func `a truncated file is damage`() async throws {
    try await makeDatabase()
    place.folder.truncate("r.db", to: 8192)
    let error = refusal()
    #expect(error.map { if case .damaged = $0 { true } else { false } } == true, "\(String(describing: error))")
  }

  @Test func `a newer database is rejected`() async throws {
    try await makeDatabase()
    try place.connection().run("INSERT INTO migrations VALUES (9999, '9999_future', zeroblob(32), 0)")
    expectRefusal { if case .newer(_, "9999_future") = $0 { true } else { false } }
  }

  @Test func `an edited migration is rejected`() async throws {
    try await makeDatabase()
    try place.connection().run("UPDATE migrations SET checksum = zeroblob(32) WHERE number = 1")
    expectRefusal { if case .migrationEdited(_, "0001_init") = $0 { true } else { false } }
  }

  @Test func `a missing folder is named`() {
    do {
      _ = try SQLiteRegistryStore(path: place.folder("no/r.db"), purpose: .server, now: Samples.now) { _ in }
      Issue.record("opened a database in a folder that does not exist")
    } catch {
      #expect(error == .folder(place.folder("no"), reason: "No such file or directory"))
    }
  }

  @Test func `a second server is rejected and a command is not`() async throws {
    let server = try place.open()
    #expect(refusal().map { if case .inUse = $0 { true } else { false } } == true)
    let command = try place.open(.command)
    try await command.write { try $0.insert(Samples.token(1), hash: Samples.hash(1)) }
    command.close()
    #expect(try server.read { try $0.token(Samples.hash(1)) } == Samples.token(1))
    try await server.write { try $0.revoke(Samples.tokenID(1), at: Samples.now) }
    server.close()
    #expect(refusal() == nil)
  }

  @Test func `every opening error has advice`() {
    let errors: [StoreOpeningError] = [
      .folder("/f", reason: "r"), .missing("/d", marker: "/m"), .empty("/d"), .foreign("/d"),
      .damaged("/d", detail: "x"), .newer("/d", migration: "m"), .migrationEdited("/d", migration: "m"),
      .migrationsPending("/d"), .schemaChanged("/d", difference: "x"), .notCreated("/d"), .notAFile("/d"),
      .inUse("/d", lock: "/l"), .readOnly("/d"), .full("/d"),
    ]
    let orders = ["Create", "Put", "Restore", "Choose", "Use", "Stop", "Give", "Free"]
    for error in errors {
      #expect(orders.contains { error.description.contains($0) }, "\(error)")
      #expect(!error.description.contains("\n"))
    }
  }
}
