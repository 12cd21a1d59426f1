import Registry
import RegistrySQLite
import SQLiteKit
import StoreConformance
import Testing

@Suite struct ConformanceTests {
  @Test(arguments: StoreRequirement.all) func `the SQLite store meets`(_ requirement: StoreRequirement) async throws {
    let place = StoreUnderTest()
    let store = try place.open()
    try await requirement.check(store)
    store.close()
  }

  @Test func `an ICC is the same after a restart`() async throws {
    let place = StoreUnderTest()
    let icc = Samples.icc(1, name: "Zürich\u{0}🦆", userARN: "arn:aws:iam::111122223333:role/a", pending: .random())
    let store = try place.open()
    try await store.write { try $0.insert(icc) }
    store.close()
    let again = try place.open()
    #expect(try again.read { try $0.icc(icc.id, in: .organisation(.default)) } == icc)
    #expect(try again.maxIdentifier() == icc.id.bits)
  }

  @Test func `the database refuses to undo a revocation`() async throws {
    let place = StoreUnderTest()
    let store = try place.open()
    try await store.write { writer in
      try writer.insert(Samples.token(1), hash: Samples.hash(1))
      try writer.revoke(Samples.tokenID(1), at: Samples.now)
    }
    #expect(throws: (any Error).self) { try place.connection().run("UPDATE tokens SET revoked_at = NULL") }
  }
}
