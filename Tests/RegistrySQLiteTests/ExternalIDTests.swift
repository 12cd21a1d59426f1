import Registry
import RegistrySQLite
import SQLiteKit
import TestSupport
import Testing
import StoreConformance

@Suite struct ExternalIDTests {
  private let place = StoreUnderTest()

  @Test(.timeLimit(.minutes(10))) func `100,000 external IDs are all different`() async throws {
    let store = try place.open()
    for batch in 0..<100 {
      try await store.write { writer in
        for number in 1...1_000 { try writer.insert(Samples.icc(batch * 1_000 + number)) }
      }
    }
    let connection = try place.connection(.readOnly)
    #expect(
      try connection.integer("SELECT count(DISTINCT external_id) FROM external_ids WHERE state = 'live'") == 100_000)
  }

  @Test(
    arguments: [
      "DELETE FROM external_ids", "UPDATE external_ids SET state = 'pending'",
      "UPDATE external_ids SET external_id = zeroblob(32)",
      "UPDATE external_ids SET issued_at = 0", "DELETE FROM iccs",
      "UPDATE iccs SET organisation = 'x', version = version + 1",
      "UPDATE iccs SET id = 'icc_' || substr(id, 5) || '', version = version", "DELETE FROM organisations",
      "DELETE FROM tokens",
      "UPDATE events SET actor = 'x'", "DELETE FROM events", "UPDATE organisations SET id = 'x'",
    ] as [SQL])
  func `the schema rejects an external ID that was issued before`(_ sql: SQL) async throws {
    let store = try place.open()
    try await store.write { writer in
      try writer.insert(Samples.icc(1))
      try writer.append(Samples.event())
      try writer.insert(Samples.token(1), hash: Samples.hash(1))
    }
    do throws(SQLiteError) {
      try place.connection().run(sql)
      Issue.record("the change went through")
    } catch {
      #expect(error.code == .constraintTrigger)
    }
  }
}
