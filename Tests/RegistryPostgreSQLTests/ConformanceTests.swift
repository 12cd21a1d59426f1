import PostgreSQLKit
import Registry
import RegistryPostgreSQL
import StoreConformance
import System
import Testing

@Suite struct ConformanceTests {
  @Test(arguments: StoreRequirement.all) func `the PostgreSQL store meets`(
    _ requirement: StoreRequirement
  ) async throws {
    let place = try StoreUnderTest()
    let store = try place.open()
    do {
      try await requirement.check(store)
    } catch {
      // The store's own error says little; the server's says what failed.
      Issue.record("\(error) after \(place.faults.withLock { $0 })")
    }
    store.close()
  }

  @Test func `two instances see each other's writes at once`() async throws {
    let place = try StoreUnderTest()
    let (first, second) = (try place.open(), try place.open())
    for number in 1...20 {
      let (writer, reader) = number % 2 == 0 ? (first, second) : (second, first)
      try await writer.write { try $0.create(Samples.icc(number)) }
      #expect(try reader.read { try $0.icc(Samples.iccID(number), in: .all) }?.id == Samples.iccID(number))
    }
    #expect(try first.maxIdentifier() == Samples.iccID(20).bits)
  }

  @Test func `a text with a NUL is refused, and the connection goes on`() async throws {
    let place = try StoreUnderTest()
    let store = try place.open()
    await #expect(throws: StoreError.constraint) {
      try await store.write { try $0.insert(Samples.icc(1, name: "a\u{0}b")) }
    }
    try await store.write { try $0.insert(Samples.icc(1)) }
    var search = ICCSearch()
    for (comparison, expected) in [(Comparison.equal, 0), (.notEqual, 1), (.less, 1), (.greater, 0)] {
      search.condition = .text(.name, .compares(comparison), "ICC 1\u{0}b")
      let found = try store.read { [search] reader in try reader.iccs(search, in: .all) }
      #expect(found.total == expected, "\(comparison)")
    }
  }
}
