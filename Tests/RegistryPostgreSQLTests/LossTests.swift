import PostgreSQLKit
import Registry
import RegistryPostgreSQL
import StoreConformance
import System
import Testing

/// Connections that end at bad moments.
@Suite(.timeLimit(.minutes(10))) struct LossTests {
  private let place: StoreUnderTest
  private let admin: PostgreSQLConnection

  init() throws {
    place = try StoreUnderTest()
    admin = try place.connection()
  }

  /// Ends the connections of the store, in transactions or not.
  private static func endConnections(_ admin: PostgreSQLConnection) throws -> Int {
    try admin.rows(
      """
      SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name LIKE 'icc-registry %'
      """
    ) { $0.integer(0) }.count
  }

  private func waitForWriter(_ event: String) async throws {
    while try admin.first(
      """
      SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = \(event)
        AND application_name = 'icc-registry writer'
      """, { $0.integer(0) }) == nil
    {
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  private func setSynchronousCommit(_ value: String) throws {
    try admin.run(
      script: """
        DO $$BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = \(value)', current_database()); END$$
        """)
  }

  @Test func `reads and writes go on over new connections`() async throws {
    let store = try place.open()
    for number in 1...3 {
      try await store.write { try $0.create(Samples.icc(number)) }
      #expect(try store.read { try $0.icc(Samples.iccID(number), in: .all) } != nil)
      #expect(try Self.endConnections(admin) == 2)
    }
    try await store.checkReady()
  }

  @Test func `a write whose connection ends before the commit is not made`() async throws {
    let store = try place.open()
    let address = place.address
    await #expect(throws: StoreError.unreachable) {
      try await store.write { writer in
        try writer.create(Samples.icc(1))
        #expect(try Self.endConnections(PostgreSQLConnection(address)) == 1)
      }
    }
    #expect(try store.read { try $0.icc(Samples.iccID(1), in: .all) } == nil)
    try await store.write { try $0.create(Samples.icc(1)) }
    #expect(try store.read { try $0.auditHead() }.sequence == 1)
  }

  @Test func `a commit that was made although its answer was lost is acknowledged`() async throws {
    let store = try place.open()
    try setSynchronousCommit("on")
    #expect(try Self.endConnections(admin) == 1)
    async let written: Void = store.write { try $0.create(Samples.icc(1)) }
    try await waitForWriter("SyncRep")
    try setSynchronousCommit("local")
    #expect(try Self.endConnections(admin) == 1)
    try await written
    #expect(place.faults.withLock { $0.count } >= 1)
    #expect(try store.read { try $0.auditHead() }.sequence == 1)
  }

  @Test func `a commit that was undone when its answer was lost is not acknowledged`() async throws {
    let store = try place.open()
    try admin.run(
      script: """
        CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(60); RETURN NULL; END $$;
        CREATE CONSTRAINT TRIGGER iccs_wait AFTER INSERT ON iccs DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
        EXECUTE FUNCTION wait()
        """)
    let written = Task { try await store.write { try $0.create(Samples.icc(1)) } }
    try await waitForWriter("PgSleep")
    #expect(try Self.endConnections(admin) == 1)
    await #expect(throws: StoreError.unreachable) { try await written.value }
    try admin.run(script: "DROP TRIGGER iccs_wait ON iccs")
    #expect(try store.read { try $0.icc(Samples.iccID(1), in: .all) } == nil)
    try await store.write { try $0.create(Samples.icc(1)) }
  }

  @Test func `a server that does not answer holds no thread for ever`() throws {
    let connection = try place.connection()
    connection.statementMilliseconds = 200
    let error = #expect(throws: PostgreSQLError.self) { try connection.run("SELECT pg_sleep(60)") }
    #expect(error?.state == .deadlineExceeded && !connection.isOpen)
    let later = #expect(throws: PostgreSQLError.self) { try connection.run("SELECT 1") }
    #expect(later?.state == .connectionLost)
  }

  @Test func `a server that is not there is reported without the password`() throws {
    let text = "postgres://registry:secret@127.0.0.1:1/db?connect_timeout=2&password=secret"
    let address = try #require(PostgreSQLAddress(text))
    #expect(address.containsPassword && address.description == "postgres://127.0.0.1:1/db")
    do {
      try PostgreSQLRegistryStore(address, migrates: true, now: Samples.now) { _ in }.close()
      Issue.record("opened")
    } catch {
      #expect(!error.description.contains("secret") && error.description.contains("127.0.0.1"))
    }
    #expect(PostgreSQLAddress("registry.db") == nil && PostgreSQLAddress("postgresql:///a")?.containsPassword == false)
  }
}
