import Registry
import RegistrySQLite
import SQLiteKit
import Testing
import StoreConformance

@Suite struct StoredVerificationTests {
  private static func verification(_ number: Int) -> Verification {
    Verification(
      iccVersion: Int64(number), startedAt: Samples.now, durationMilliseconds: number, retryAfterSeconds: nil,
      checks: [])
  }

  @Test func `a stored verification is never altered`() async throws {
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
