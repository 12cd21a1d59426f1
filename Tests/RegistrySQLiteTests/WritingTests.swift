import Registry
import RegistrySQLite
import SQLiteKit
import TestSupport
import Testing

@Suite struct WritingTests {
  private let place = StoreUnderTest()
  private struct Refused: Error {}

  @Test func aBodyThatThrowsIsUndoneAlone() async throws {
    let store = try place.open()
    await withTaskGroup(of: Void.self) { group in
      for number in 1...60 {
        group.addTask {
          do {
            try await store.write { writer in
              try writer.insert(Samples.icc(number))
              if number % 3 == 0 { throw Refused() }
            }
            #expect(number % 3 != 0)
          } catch { #expect(error is Refused && number % 3 == 0) }
        }
      }
    }
    let kept = try store.read { try $0.iccs(ICCFilter(), PageRequest(limit: 200), in: .all).items.map(\.id) }
    #expect(kept.sorted() == (1...60).filter { $0 % 3 != 0 }.map(Samples.iccID))
  }

  @Test func aDryRunGivesItsValueAndWritesNothing() async throws {
    let store = try place.open()
    let seen = try await store.write(dryRun: true) { writer in
      try writer.insert(Samples.icc(1))
      try writer.append(Samples.event())
      return try writer.icc(Samples.iccID(1), in: .all)?.id
    }
    #expect(seen == Samples.iccID(1))
    #expect(try store.read { try $0.icc(Samples.iccID(1), in: .all) } == nil)
    #expect(try await store.write { try $0.append(Samples.event()) } == 1)
  }

  @Test func oneOfManyEqualNamesWins() async throws {
    let store = try place.open()
    let won = await withTaskGroup(of: Bool.self) { group in
      for number in 1...40 {
        group.addTask { (try? await store.write { try $0.insert(Samples.icc(number, name: "Twin")) }) != nil }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(won == 1)
  }

  @Test func aReadSeesOneStateThroughout() async throws {
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

  @Test func aClosedStoreRefusesWritesAndFinishesThoseThatWait() async throws {
    let store = try place.open()
    async let waiting: Void = store.write { try $0.insert(Samples.icc(1)) }
    try await waiting
    store.close()
    store.close()
    await #expect(throws: StoreError.closed) { try await store.write { try $0.insert(Samples.icc(2)) } }
    await #expect(throws: StoreError.closed) { try await store.checkWritable() }
  }

  @Test func anotherProcessesLockIsBusyAndPasses() async throws {
    let store = try place.open()
    let other = try place.connection()
    try other.beginImmediate()
    await #expect(throws: StoreError.busy) { try await store.write { try $0.insert(Samples.icc(1)) } }
    try other.commit()
    try await store.write { try $0.insert(Samples.icc(1)) }
    try await store.checkWritable()
  }

  @Test func theLogStaysShortUnderManyWrites() async throws {
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
