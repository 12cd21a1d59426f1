import Registry
import RegistrySQLite
import SQLiteKit
import TestSupport
import Testing

@Suite struct ExternalIDTests {
  private let place = StoreUnderTest()

  @Test func aRotationMovesThroughTheStatesAndNothingComesBack() async throws {
    let store = try place.open()
    let (a, b, c) = (ExternalID.random(), ExternalID.random(), ExternalID.random())
    let steps: [(ExternalID, ExternalID?, [IssuedExternalID.State?])] = [
      (a, nil, [.live, nil, nil]), (a, b, [.live, .pending, nil]), (b, nil, [.retired, .live, nil]),
      (b, c, [.retired, .live, .pending]), (b, nil, [.retired, .live, .retired]),
    ]
    for (index, (current, pending, states)) in steps.enumerated() {
      let icc = Samples.icc(1, externalID: current, pending: pending, version: Int64(index + 1))
      try await store.write { index == 0 ? try $0.insert(icc) : try $0.update(icc) }
      for (id, state) in zip([a, b, c], states) {
        let entry = try store.read { try $0.issuedExternalID(id, in: .organisation(.default)) }
        #expect(entry?.state == state && (entry?.retiredAt != nil) == (state == .retired))
      }
    }
    for (current, pending) in [(a, nil), (c, nil), (b, a)] as [(ExternalID, ExternalID?)] {
      await #expect(throws: StoreError.constraint) {
        try await store.write { try $0.update(Samples.icc(1, externalID: current, pending: pending, version: 6)) }
      }
    }
    for taken in [a, b, c, .sample] {
      await #expect(throws: StoreError.constraint) {
        try await store.write { try $0.insert(Samples.icc(2, externalID: taken)) }
      }
    }
  }

  @Test(.timeLimit(.minutes(2))) func aHundredThousandAreAllDifferent() async throws {
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
  func theSchemaItselfRefuses(_ sql: SQL) async throws {
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
