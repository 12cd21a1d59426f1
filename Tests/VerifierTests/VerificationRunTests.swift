import Registry
import Testing

@testable import AWSClient
@testable import RegistryAPI
@testable import Verifier

/// The result of a verification for each answer that AWS, or an impostor, can give.
@Suite struct VerificationRunTests {
  private typealias Status = VerificationCheck.Status

  @Test func `a correct set-up is verified`() throws {
    let aws = ScriptedAWS()
    let found = try Sample.verify(over: aws)
    #expect(found.verdict == .verified)
    #expect(found.iccVersion == 7 && found.retryAfterSeconds == nil)
    #expect(found.checks.map(\.name) == VerificationCheck.Name.allCases)
    #expect(found.checks.allSatisfy { $0.status == .passed && $0.code == nil })
    #expect(
      aws.questions == [.connector, .right, .withoutID, .wrongID, .otherConnector, .fromOther, .list, .object])
  }

  /// The answer to a call, and the results of its check and of the verification.
  struct Row: Sendable, CustomTestStringConvertible {
    let question: ScriptedAWS.Question
    let status: Int
    let code: String
    var message = "no"
    let check: VerificationCheck.Name
    let finding: String
    let isFailure: Bool
    let verdict: Verification.Verdict
    var testDescription: String { "\(question) \(status) \(code) \(message)" }
  }

  private static func rows(
    _ question: ScriptedAWS.Question, _ check: VerificationCheck.Name, _ status: Int, _ codes: [String],
    _ finding: String, failed: Bool = false, _ verdict: Verification.Verdict = .inconclusive, message: String = "no"
  ) -> [Row] {
    codes.map {
      Row(
        question: question, status: status, code: $0, message: message, check: check, finding: finding,
        isFailure: failed, verdict: verdict)
    }
  }

  private static let ownFault = ["InvalidClientTokenId", "SignatureDoesNotMatch", "ExpiredToken", "RequestExpired"]
  static let table: [Row] =
    rows(.connector, .connectorRoleAssumable, 403, ["AccessDenied"], "connector.access-denied", failed: true)
    + rows(.connector, .connectorRoleAssumable, 403, ownFault, "connector.credentials-refused")
    + rows(.connector, .connectorRoleAssumable, 403, ["RegionDisabledException"], "aws.region-disabled")
    + rows(.connector, .connectorRoleAssumable, 400, ["Throttling", "ThrottlingException"], "aws.throttled")
    + rows(.connector, .connectorRoleAssumable, 503, ["ServiceUnavailable"], "aws.unavailable")
    + rows(.right, .roleAssumable, 403, ["AccessDenied"], "role.not-assumable", failed: true, .failing)
    + rows(.right, .roleAssumable, 400, ["ValidationError", "AccessDenied", "PackedPolicyTooLarge"], "aws.other-error")
    + rows(.right, .roleAssumable, 500, ["AccessDenied", "InternalFailure"], "aws.unavailable")
    + rows(.right, .roleAssumable, 403, ["AccessDeniedException", "accessdenied"], "aws.other-error")
    + rows(.withoutID, .externalIDRequired, 400, ["Throttling"], "aws.throttled")
    + rows(.withoutID, .externalIDRequired, 403, ["ExpiredToken"], "connector.credentials-refused")
    + rows(.wrongID, .externalIDExact, 400, ["ValidationError"], "aws.other-error")
    + rows(.wrongID, .externalIDExact, 503, ["SlowDown"], "aws.throttled")
    + rows(.otherConnector, .principalPinned, 403, ["AccessDenied"], "aws.other-error")
    + rows(.fromOther, .principalPinned, 500, ["InternalFailure"], "aws.unavailable")
    + rows(.list, .bucketListable, 403, ["AccessDenied"], "bucket.list-denied", failed: true, .failing)
    + rows(.list, .bucketListable, 404, ["NoSuchBucket"], "bucket.not-found", failed: true, .failing)
    + rows(.list, .bucketListable, 403, ["AllAccessDisabled"], "bucket.disabled", failed: true, .failing)
    + rows(.list, .bucketListable, 301, ["PermanentRedirect"], "bucket.region-unknown")
    + rows(.list, .bucketListable, 400, ["AuthorizationHeaderMalformed"], "bucket.region-unknown")
    + rows(.list, .bucketListable, 503, ["SlowDown"], "aws.throttled")
    + rows(.object, .objectReadable, 403, ["AccessDenied"], "object.read-denied", failed: true, .failing)
    + rows(
      .object, .objectReadable, 403, ["AccessDenied"], "object.kms-denied", failed: true, .failing,
      message: "User: arn:… is not authorized to perform: kms:Decrypt on resource: arn:…")
    + rows(.object, .objectReadable, 403, ["InvalidObjectState"], "object.archived", failed: true, .failing)
    + rows(.object, .objectReadable, 400, ["KMS.DisabledException"], "object.kms-unusable", failed: true, .failing)
    + rows(.object, .objectReadable, 404, ["NoSuchKey"], "object.gone")

  @Test(arguments: table) func `each answer of AWS has its outcome`(row: Row) throws {
    let aws = ScriptedAWS()
    aws.reject(row.question, status: row.status, code: row.code, message: row.message)
    let found = try Sample.verify(over: aws)
    let check = try #require(found.checks.first { $0.name == row.check })
    #expect(check.code == row.finding)
    #expect(ErrorCatalogue.checkCodes[row.finding] != nil, "its page")
    #expect(check.status == (row.isFailure ? .failed : .inconclusive))
    #expect(found.verdict == row.verdict)
  }

  private static let gettingIn: [(ScriptedAWS.Question, VerificationCheck.Name)] = [
    (.withoutID, .externalIDRequired), (.wrongID, .externalIDExact), (.fromOther, .principalPinned),
  ]

  /// Whatever else is found: also where the right request is refused, or nothing can be read.
  @Test(arguments: gettingIn) func `an attack that succeeds outweighs all else`(
    probe: ScriptedAWS.Question, name: VerificationCheck.Name
  ) throws {
    for others in [[], [.list], [.object], [.right]] as [[ScriptedAWS.Question]] {
      let aws = ScriptedAWS()
      aws.answers[probe] = .success(
        ScriptedAWS.session("PROBE", "arn:aws:sts::111122223333:assumed-role/r/acme-import"))
      for other in others { aws.reject(other) }
      let found = try Sample.verify(over: aws)
      #expect(found.verdict == .insecure)
      #expect(found.checks.first { $0.name == name }?.status == .failed)
      let keysUsed = aws.asked.filter { SignatureTag.key(of: $0) == "PROBE" }
      #expect(keysUsed.isEmpty, "what a probe was given is never used")
    }
  }

  private static let questions: [ScriptedAWS.Question] = [
    .connector, .right, .withoutID, .wrongID, .otherConnector, .fromOther, .list, .object,
  ]

  /// No answer, or one that is not the service's, decides nothing and never passes.
  @Test(arguments: questions) func `a call without an answer is inconclusive`(question: ScriptedAWS.Question) throws {
    let bodies = ["", "<html>403 Forbidden</html>", "AccessDenied", "<Error><Code>AccessDenied</Code>", "{}"]
    var answers = [403, 502, 302, 204, 200].flatMap { status in
      bodies.map { Result<AWSResponse, AWSTransportError>.success(AWSResponse(status: status, body: Array($0.utf8))) }
    }
    let errors: [AWSTransportError] = [.unknownHost, .unreachable, .timedOut, .notTrusted, .tooLarge, .failed(56)]
    answers += errors.map { .failure($0) }
    for answer in answers {
      // An object's content may be anything.
      if question == .object, case .success(let response) = answer, response.status == 200 { continue }
      if case .success(let response) = answer, response.status == 200, response.body.isEmpty { continue }
      let aws = ScriptedAWS()
      aws.answers[question] = answer
      let found = try Sample.verify(over: aws)
      #expect(found.verdict == .inconclusive, "\(question) \(answer)")
      #expect(!found.checks.contains { $0.status == .failed }, "\(question) \(answer)")
    }
  }

  @Test func `a rejection right after a change is not final`() throws {
    for question in [.right, .list, .object] as [ScriptedAWS.Question] {
      for (age, isFinal) in [(0, false), (59_000, false), (60_000, true), (-5_000, false)] as [(Int64, Bool)] {
        let aws = ScriptedAWS()
        aws.reject(question)
        let found = try Sample.verify(Sample.icc(changed: Sample.now.adding(milliseconds: -age)), over: aws)
        #expect(found.verdict == (isFinal ? .failing : .inconclusive))
        #expect((found.retryAfterSeconds == nil) == isFinal)
        if let seconds = found.retryAfterSeconds { #expect((1...60).contains(seconds)) }
      }
    }
  }

  /// A probe that gets in does so now; nothing that still spreads excuses it.
  @Test func `a successful attack is final at once`() throws {
    let aws = ScriptedAWS()
    aws.answers[.withoutID] = .success(ScriptedAWS.session("P", "arn:aws:sts::111122223333:assumed-role/r/s"))
    #expect(try Sample.verify(Sample.icc(changed: Sample.now), over: aws).verdict == .insecure)
  }

  @Test func `a session of another principal is reported to the operator`() throws {
    let aws = ScriptedAWS()
    aws.answers[.connector] = .success(
      ScriptedAWS.session("OWN", "arn:aws:sts::999999999999:assumed-role/x/acme-import"))
    let found = try Sample.verify(over: aws)
    #expect(found.verdict == .inconclusive)
    #expect(found.checks.first?.code == "connector.other-principal")
    #expect(aws.questions == [.connector])
    #expect(found.checks.dropFirst().allSatisfy { $0.status == .skipped })
  }

  @Test func `a verification without time left is inconclusive`() throws {
    let aws = ScriptedAWS()
    for question in Self.questions { aws.answers[question] = .failure(.timedOut) }
    let found = try Sample.verify(over: aws, milliseconds: 0)
    #expect(found.verdict == .inconclusive && found.checks.first?.code == "aws.timed-out")
  }
}

/// Whose keys a request was signed with.
enum SignatureTag {
  static func key(of request: AWSRequest) -> String {
    let value = request.fields.first { $0.name == "authorization" }?.value ?? ""
    return String(value.split(separator: "Credential=").last?.split(separator: "/").first ?? "")
  }
}
