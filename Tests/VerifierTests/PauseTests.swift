import Registry
import System
import Testing

@testable import AWSClient
@testable import Verifier

/// The pause between two verifications of one ICC.
@Suite struct PauseTests {
  private static let start = Instant(nanoseconds: 1_000_000_000_000)
  private let id = Sample.icc(number: 1).id

  @Test(arguments: [(0, 5), (1, 5), (4000, 1), (4001, 1), (4999, 1), (5000, nil), (9000, nil)] as [(Int, Int?)])
  func `the seconds that are left are rounded up`(age: Int, left: Int?) {
    var pauses = VerificationPauses(milliseconds: 5000)
    pauses.note(id, endedAt: Self.start)
    #expect(pauses.secondsLeft(of: id, at: Self.start.advanced(milliseconds: age)) == left)
    #expect(pauses.secondsLeft(of: Sample.icc(number: 2).id, at: Self.start) == nil)
  }

  @Test func `without a pause nothing is remembered, and with one what is over is forgotten`() {
    var none = VerificationPauses(milliseconds: 0)
    none.note(id, endedAt: Self.start)
    #expect(none.count == 0 && none.secondsLeft(of: id, at: Self.start) == nil)
    var pauses = VerificationPauses(milliseconds: 1000)
    for number in 0..<100_000 {
      pauses.note(ICCID(stored: "icc_\(number)"), endedAt: Self.start.advanced(milliseconds: number))
    }
    #expect(pauses.count <= 4096)
    #expect(pauses.secondsLeft(of: ICCID(stored: "icc_99500"), at: Self.start.advanced(milliseconds: 100_000)) == 1)
  }

  @Test func `an ICC is verified again only after the pause, and others at once`() async throws {
    let region = try #require(AWSRegion("eu-west-1", in: .aws))
    let keys = FixedCredentials(AWSCredentials(accessKeyID: "ID", secretAccessKey: "S", sessionToken: nil))
    var settings = VerifierSettings(
      connector: ConnectorIdentity(), region: region, credentials: keys, clock: { Sample.now }, transport: { nil })
    settings.pauseMilliseconds = 600_000
    let verifier = LiveVerifier(settings) { body in
      body()
      return true
    }
    #expect(try await verifier.verify(Sample.icc(number: 1), trace: nil).verdict == .inconclusive)
    await #expect(throws: VerificationRejection.tooSoon(retryAfterSeconds: 600)) {
      try await verifier.verify(Sample.icc(number: 1), trace: nil)
    }
    #expect(try await verifier.verify(Sample.icc(number: 2), trace: nil).verdict == .inconclusive)
  }
}
