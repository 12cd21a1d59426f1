import Registry
import RegistrySQLite
import SQLiteKit
import TestSupport
import Testing
import StoreConformance

@Suite struct WritingTests {
  private let place = StoreUnderTest()

  @Test func `a read sees one state throughout`() async throws {
    let store = try place.open()
    try await store.write { try $0.insert(Samples.icc(1)) }
    let writer = try place.connection()
    try store.read { (reader: any RegistryReader) throws -> Void in
      #expect(try reader.organisation(OrganisationID(stored: "late")) == nil)
      try writer.run("INSERT INTO organisations (id, name, created_at, created_by) VALUES ('late', 'Late', 0, 'x')")
      #expect(try reader.organisation(OrganisationID(stored: "late")) == nil)
    }
    #expect(try store.read { try $0.organisation(OrganisationID(stored: "late")) } != nil)
  }

  @Test func `a closed store rejects writes and finishes those that wait`() async throws {
    let store = try place.open()
    async let waiting: Void = store.write { try $0.insert(Samples.icc(1)) }
    try await waiting
    store.close()
    store.close()
    await #expect(throws: StoreError.closed) { try await store.write { try $0.insert(Samples.icc(2)) } }
    await #expect(throws: StoreError.closed) { try await store.checkReady() }
  }

  @Test func `the lock of another process is busy and then released`() async throws {
    let store = try place.open()
    let other = try place.connection()
    try other.beginImmediate()
    await #expect(throws: StoreError.busy) { try await store.write { try $0.insert(Samples.icc(1)) } }
    try other.commit()
    try await store.write { try $0.insert(Samples.icc(1)) }
    try await store.checkReady()
  }

  @Test(arguments: ["r.db", "r.db-wal", "r.db-shm", "r.db.lock"])
  func `a write after a file was removed is not acknowledged`(name: String) async throws {
    let store = try place.open()
    #expect(store.lostFile == nil)
    place.folder.remove(name)
    #expect(store.lostFile?.hasSuffix("/" + name) == true)
    await #expect(throws: StoreError.filesLost) { try await store.write { try $0.insert(Samples.icc(1)) } }
    await #expect(throws: StoreError.filesLost) { try await store.checkReady() }
  }

  @Test func `the WAL stays short under many writes`() async throws {
    let store = try place.open()
    for batch in 0..<30 {
      try await store.write { writer in
        for number in 1...100 { try writer.insert(Samples.icc(batch * 100 + number)) }
      }
    }
    #expect(place.folder.content(of: "r.db-wal").count < 64 << 20)
    store.close()
    #expect(!place.folder.names.contains("r.db-wal") || place.folder.content(of: "r.db-wal").isEmpty)
  }
}
