import AWSClient
import Registry
import System
import Text

/// One verification from its first call to its last, on a thread that it may block.
struct VerificationRun {
  let settings: VerifierSettings
  let icc: ICC
  let role: UserARN
  /// The trace that the calls to AWS belong to; nil if none.
  let trace: TraceContext?
  let deadline: Deadline
  /// Receives each check when it is done.
  let note: (VerificationCheck) -> Void

  /// Makes all the checks, in their order. What is given to a probe is dropped on the spot; what
  /// the others are given lives as long as the run.
  func verification() -> Verification {
    let (startedAt, started) = (settings.clock(), Instant.now)
    var log = CheckLog(note: note)
    if let transport = settings.transport() {
      check(over: transport, into: &log)
    } else {
      log.add(.connectorRoleAssumable) {
        .inconclusive(
          "aws.unreachable", "The registry cannot make connections.",
          hint: "Tell the operator: libcurl (libcurl4) or Expat (libexpat1) is not installed, or does not start.")
      }
    }
    return Verification(
      iccVersion: icc.version, startedAt: startedAt, durationMilliseconds: started.milliseconds(until: .now),
      retryAfterSeconds: log.retryAfterSeconds, checks: log.checks)
  }

  /// For a held ICC the same calls are made with a random external ID, so that AWS itself answers
  /// as for a role that does not let InfoSum in, with the same texts after the same time.
  private func check(over transport: any AWSTransport, into log: inout CheckLog) {
    let clock = settings.clock
    let caller = AWSCaller(transport, until: deadline, trace: trace?.text) { Int(clock().milliseconds / 1000) }
    let keys: AWSCredentials
    do throws(AWSCredentialsError) {
      keys = try settings.credentials.credentials(over: transport, until: deadline)
    } catch {
      log.add(.connectorRoleAssumable) { .noKeys(error) }
      return log.skipRest(Self.noSession)
    }
    let roles = RoleProbes(
      settings: settings, icc: icc, role: role, externalID: icc.isHeld ? .random() : icc.externalID,
      sts: STS(caller, at: settings.sts, in: settings.region), keys: keys,
      retryAfter: secondsToSettle)
    check(roles, caller, &log)
  }

  private func check(_ roles: RoleProbes, _ caller: AWSCaller, _ log: inout CheckLog) {
    var session: AWSCredentials?
    var connector: AWSCredentials?
    log.add(.connectorRoleAssumable) { roles.connector(&connector) }
    guard let connector else { return log.skipRest(Self.noSession) }
    log.add(.roleAssumable) { roles.right(with: connector, &session) }
    let isAssumable = session != nil
    log.add(.externalIDRequired) { roles.withoutExternalID(with: connector, isAssumable) }
    log.add(.externalIDExact) { roles.withWrongExternalID(with: connector, isAssumable) }
    log.add(.principalPinned) { roles.fromOtherSession(isAssumable) }
    guard let session else { return log.skipRest("The role could not be assumed to try it with.") }
    readBucket(
      S3(
        caller, bucket: icc.bucketName.text, with: session, in: settings.region, configured: settings.s3,
        expectedOwner: icc.bucketOwner?.text ?? icc.userARN?.accountID),
      &log)
  }

  private static let noSession = "InfoSum's own session was not there to try it with."

  private func readBucket(_ s3: S3, _ log: inout CheckLog) {
    var bucket = BucketProbes(s3: s3, icc: icc, retryAfter: secondsToSettle)
    log.add(.bucketListable) { bucket.list() }
    log.add(.objectReadable) { bucket.read() }
  }

  /// The time to wait before a rejection is believed; nil if the ICC's last change is long enough
  /// ago. A clock that was set back counts as just changed.
  private var secondsToSettle: Int? {
    let age = settings.clock().milliseconds - icc.updatedAt.milliseconds
    let left = Int64(settings.settleMilliseconds) - max(0, age)
    return left > 0 ? Int(min(left, 600_000) + 999) / 1000 : nil
  }
}

/// The checks that are done.
struct CheckLog {
  let note: (VerificationCheck) -> Void
  private(set) var checks: [VerificationCheck] = []
  private(set) var retryAfterSeconds: Int?

  init(note: @escaping (VerificationCheck) -> Void) {
    self.note = note
  }

  /// Makes a check and times it.
  mutating func add(_ name: VerificationCheck.Name, _ make: () -> CheckOutcome) {
    let started = Instant.now
    let finding = make()
    retryAfterSeconds = [retryAfterSeconds, finding.retryAfterSeconds].compactMap(\.self).max()
    let check = VerificationCheck(
      name, finding.status, durationMilliseconds: started.milliseconds(until: .now), code: finding.code,
      detail: finding.detail,
      hint: finding.hint)
    checks.append(check)
    note(check)
  }

  /// Notes all that are left as skipped.
  mutating func skipRest(_ reason: String) {
    for name in VerificationCheck.Name.allCases.dropFirst(checks.count) { add(name) { .skipped(reason) } }
  }
}
