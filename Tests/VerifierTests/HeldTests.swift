import Registry
import Testing

@testable import AWSClient
@testable import Verifier

/// The verification of a held ICC: AWS answers as for a role that does not let InfoSum in.
@Suite struct HeldTests {
  private typealias Question = ScriptedAWS.Question

  /// A role, as it answers each call.
  struct Role: Sendable, CustomTestStringConvertible {
    let name: String
    let accepts: [ScriptedAWS.Question]
    let verdict: Verification.Verdict
    var testDescription: String { name }

    func aws() -> ScriptedAWS {
      let aws = ScriptedAWS()
      aws.reject(.right, .withoutID, .wrongID, .fromOther)
      let session = ScriptedAWS.session("ROLE", "arn:aws:sts::111122223333:assumed-role/infosum-import/acme-import")
      for question in accepts { aws.answers[question] = .success(session) }
      return aws
    }
  }

  private func texts(_ verification: Verification) -> [String] {
    verification.checks.map { "\($0.name) \($0.status) \($0.code ?? "-") \($0.detail) \($0.hint ?? "-")" }
  }

  @Test(arguments: [3_600_000, 1000])
  func `a held ICC is answered as one that the role does not let in`(age: Int64) throws {
    let changed = Sample.now.adding(milliseconds: -age)
    let (open, closed) = (ScriptedAWS(), ScriptedAWS())
    closed.reject(.right)
    let held = try Sample.verify(Sample.icc(changed: changed, isHeld: true), over: open)
    let rejected = try Sample.verify(Sample.icc(changed: changed), over: closed)
    #expect(texts(held) == texts(rejected))
    #expect(held.verdict == rejected.verdict && held.retryAfterSeconds == rejected.retryAfterSeconds)
    #expect(held.verdict == (age > 60_000 ? .failing : .inconclusive))
    // The same calls in the same order, each with an external ID of the same length; none has the
    // ICC's. The session name of the other connector is random, and so is its length.
    #expect(open.questions == [.connector, .wrongID, .withoutID, .wrongID, .otherConnector, .fromOther])
    let lengths = { (aws: ScriptedAWS) in
      zip(aws.questions, aws.asked).filter { $0.0 != .otherConnector }.map(\.1.body.count)
    }
    #expect(lengths(open) == lengths(closed))
    let sent = open.asked.map { String(decoding: $0.body, as: UTF8.self) }
    #expect(!sent.contains { $0.contains(Sample.externalID.hex) })
  }

  @Test(arguments: [
    Role(name: "no external ID required", accepts: [.right, .withoutID, .wrongID], verdict: .insecure),
    Role(name: "any external ID", accepts: [.right, .wrongID], verdict: .insecure),
    Role(name: "any session and external ID", accepts: [.right, .wrongID, .fromOther], verdict: .insecure),
    Role(name: "only without external ID", accepts: [.withoutID], verdict: .insecure),
  ]) func `an insecure role is answered as insecure, held or not`(role: Role) throws {
    let held = try Sample.verify(Sample.icc(isHeld: true), over: role.aws())
    let free = try Sample.verify(over: role.aws())
    #expect(held.verdict == role.verdict)
    #expect(texts(held) == texts(free))
  }

  /// A role that accepts the first call and no further one: its trust policy was changed between.
  private final class ChangingRole: AWSTransport {
    let usual = ScriptedAWS()
    func send(_ request: AWSRequest, until deadline: Deadline) throws(AWSTransportError) -> AWSResponse {
      let isFirst = usual.questions.count == 1
      let answer = try usual.send(request, until: deadline)
      guard isFirst else { return answer }
      return ScriptedAWS.session("ROLE", "arn:aws:sts::111122223333:assumed-role/infosum-import/acme-import")
    }
  }

  @Test func `a held ICC is never verified, also if the role changes meanwhile`() throws {
    #expect(try Sample.verify(over: ChangingRole()).verdict == .verified)
    #expect(try Sample.verify(Sample.icc(isHeld: true), over: ChangingRole()).verdict == .insecure)
  }
}
