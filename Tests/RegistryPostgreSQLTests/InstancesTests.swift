import PostgreSQLKit
import Registry
import RegistryPostgreSQL
import StoreConformance
import Synchronization
import TestSupport
import Testing

/// Several instances that write to one database at the same time.
@Suite(.timeLimit(.minutes(30))) struct InstancesTests {
  private let place: StoreUnderTest
  private let stores: [PostgreSQLRegistryStore]

  init() throws {
    place = try StoreUnderTest()
    stores = [try place.open(), try place.open()]
  }

  private static var writesPerWriter: Int { Deep.count(40, deep: 4_000) }

  @Test func `a reader of the change feed misses no event and sees none twice`() async throws {
    let total = 8 * Self.writesPerWriter
    async let seen = Self.poll(stores[0], until: total)
    try await withThrowingTaskGroup(of: Void.self) { [stores] group in
      for writer in 0..<8 {
        group.addTask {
          for number in 0..<Self.writesPerWriter {
            let id = writer * Self.writesPerWriter + number + 1
            // Half of the writes change no row that another one changes too: only the writers' lock
            // holds their order.
            try await stores[writer % 2].write { registry in
              if number % 2 == 0 { try registry.create(Samples.icc(id)) } else { try registry.append(Samples.event()) }
            }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await seen == Array(1...Int64(total)))
    #expect(try brokenLinks() == [])
  }

  /// Polls the feed until it has seen this many events, and returns their numbers.
  private static func poll(_ store: PostgreSQLRegistryStore, until total: Int) async throws -> [Int64] {
    var seen: [Int64] = []
    while seen.count < total {
      let page = PageRequest(after: seen.last ?? 0, limit: 50)
      seen += try store.read { try $0.events(page, in: .all, for: .administrators).items.map(\.sequence) }
      try await Task.sleep(for: .milliseconds(1))
    }
    return seen
  }

  /// The numbers of the events whose hash does not follow from the one before.
  private func brokenLinks() throws -> [Int64] {
    let hashes = try place.connection().rows("SELECT hash FROM events ORDER BY seq") { $0.bytes(0) }
    var (before, after, broken) = (AuditHead.start.hash, Int64(0), [Int64]())
    while Int(after) < hashes.count {
      let page = try stores[0].read { [after] reader in
        try reader.events(PageRequest(after: after, limit: 500), in: .all, for: .administrators)
      }
      for event in page.items {
        let hash = hashes[Int(event.sequence) - 1]
        if EventChain.hash(of: event, sequence: event.sequence, after: before) != hash { broken.append(event.sequence) }
        (before, after) = (hash, event.sequence)
      }
    }
    return broken
  }

  @Test func `one of many equal names is stored`() async throws {
    let won = await count(40) { number, store in
      try await store.write { try $0.create(Samples.icc(number, name: "Twin")) }
    }
    #expect(won == 1)
  }

  @Test func `one of many changes of one version is stored`() async throws {
    let icc = Samples.icc(1)
    try await stores[0].write { try $0.create(icc) }
    let won = await count(40) { _, store in
      try await store.write { writer in
        try writer.change(Samples.icc(1, externalID: icc.externalID, pending: .random(), version: 2))
      }
    }
    #expect(won == 1)
    #expect(try stores[1].read { try $0.icc(icc.id, in: .all) }?.version == 2)
  }

  @Test func `an organisation is deleted, or gets ICCs, but not both`() async throws {
    for round in 1...5 {
      let id = OrganisationID(stored: "o\(round)")
      try await stores[0].write { try $0.insert(Samples.organisation(id.text)) }
      let next = Organisation(id: id, name: "x", version: 2, createdAt: Samples.now, createdBy: .commandLine)
      async let deleted = count(1) { _, store in
        try await store.write { try $0.delete(next, at: Samples.now) }
      }
      let created = await count(4) { number, store in
        try await store.write { try $0.create(Samples.icc(round * 10 + number, organisation: id)) }
      }
      let wasDeleted = await deleted == 1
      #expect(wasDeleted == (created == 0))
      #expect(try stores[1].read { try $0.organisation(id) == nil } == wasDeleted)
    }
  }

  /// Runs this many writes at once on both instances, and returns the number that succeeded.
  private func count(
    _ writes: Int, _ write: @escaping @Sendable (Int, PostgreSQLRegistryStore) async throws -> Void
  ) async -> Int {
    await withTaskGroup(of: Bool.self) { group in
      for number in 1...writes {
        let store = stores[number % 2]
        group.addTask { (try? await write(number, store)) != nil }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
  }
}
