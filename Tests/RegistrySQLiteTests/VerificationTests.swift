import Registry
import RegistrySQLite
import SQLiteKit
import Testing

@Suite struct StoredVerificationTests {
  private static func verification(_ number: Int) -> Verification {
    Verification(
      iccVersion: Int64(number), startedAt: Samples.now, durationMilliseconds: number, retryAfterSeconds: nil,
      checks: [])
  }

  @Test func theNewestAreKeptOfEachICCAndReadNewestFirst() async throws {
    let under = StoreUnderTest()
    let store = try under.open()
    try await store.write(dryRun: false) { writer in
      for number in 1...2 { try writer.insert(Samples.icc(number)) }
      for number in 1...7 { try writer.insert(Self.verification(number), of: Samples.icc(1), keeping: 5) }
      try writer.insert(Self.verification(9), of: Samples.icc(2), keeping: 5)
    }
    try store.read { (reader: any RegistryReader) throws -> Void in
      let first = try reader.verifications(of: Samples.iccID(1), PageRequest(limit: 3), in: .all)
      #expect(first.items == [7, 6, 5].map { Self.verification($0).text })
      let next = try #require(first.next)
      let rest = try reader.verifications(of: Samples.iccID(1), PageRequest(after: next, limit: 3), in: .all)
      #expect(rest.items == [4, 3].map { Self.verification($0).text } && rest.next == nil)
      let other = try reader.verifications(of: Samples.iccID(2), PageRequest(), in: .organisation(.default))
      #expect(other.items.count == 1)
      let stranger = Scope.organisation(OrganisationID(stored: "other"))
      #expect(try reader.verifications(of: Samples.iccID(1), PageRequest(), in: stranger).items.isEmpty)
    }
    store.close()
    _ = under
  }

  @Test func aVerificationOfNothingIsRefused() async throws {
    let under = StoreUnderTest()
    let store = try under.open()
    await #expect(throws: StoreError.self) {
      try await store.write(dryRun: false) { try $0.insert(Self.verification(1), of: Samples.icc(1), keeping: 5) }
    }
    store.close()
    _ = under
  }

  @Test func aVerificationIsNeverAltered() async throws {
    let under = StoreUnderTest()
    let store = try under.open()
    try await store.write(dryRun: false) { writer in
      try writer.insert(Samples.icc(1))
      try writer.insert(Self.verification(1), of: Samples.icc(1), keeping: 5)
    }
    store.close()
    let connection = try under.connection()
    #expect(throws: SQLiteError.self) { try connection.run("UPDATE verifications SET verdict = 'verified'") }
  }
}
