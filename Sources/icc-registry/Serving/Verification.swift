import AWSClient
import Registry
import RegistryAPI
import System
import Text
import Verifier

extension LiveVerifier {
  /// The verifier that the settings describe; nil where there are no keys for it. Nothing is
  /// connected to, and libcurl not started, before the first verification.
  static func make(
    _ settings: Settings, environment: [(name: String, value: String)], _ log: Log
  ) throws(CommandFailure) -> LiveVerifier? {
    guard let keys = try keys(settings, environment) else { return nil }
    guard let partition = AWSPartition(rawValue: settings.connectorPartition),
      let region = AWSRegion(settings.awsRegion, in: partition)
    else {
      throw .usage(
        "awsRegion \(quoted(settings.awsRegion)) is not a Region of the partition \(settings.connectorPartition)")
    }
    var limits = CurlSession.Limits()
    limits.connectMilliseconds = settings.awsConnectSeconds * 1000
    limits.callMilliseconds = settings.awsCallSeconds * 1000
    if !settings.awsAuthorities.text.isEmpty { limits.authorities = settings.awsAuthorities.text }
    var verifier = VerifierSettings(
      connector: settings.connector, region: region, credentials: keys, clock: { .now }
    ) { [limits] in ExpatLibrary.isInstalled ? CurlSession(limits) : nil }
    if let sts = settings.awsStsEndpoint.endpoint { verifier.sts = sts }
    verifier.s3 = settings.awsS3Endpoint.endpoint
    verifier.concurrency = settings.verifyThreads
    verifier.queueLength = settings.verifyQueue
    verifier.verificationMilliseconds = settings.verifySeconds * 1000
    verifier.pauseMilliseconds = settings.verifyPauseSeconds * 1000
    verifier.settleMilliseconds = settings.verifySettleSeconds * 1000
    verifier.observer = { icc, verification, trace in log.note(icc, verification, trace) }
    return LiveVerifier(verifier) { body in
      do throws(SystemError) {
        try SystemThread.detach(body)
        return true
      } catch {
        return false
      }
    }
  }

  /// Nil if no keys are configured: without any in the environment, the registry does not verify. A
  /// platform that was chosen and is not there is a mistake.
  private static func keys(
    _ settings: Settings, _ environment: [(name: String, value: String)]
  ) throws(CommandFailure) -> (any AWSCredentialsSource)? {
    let clock = { @Sendable () -> Int in WallClock.seconds }
    switch settings.awsCredentials {
    case .none: return nil
    case .environment:
      if let keys = FixedCredentials(environment: environment) { return keys }
      return FixedCredentials(
        environment: try ServiceCredential.lines(of: ServiceCredential.aws, environment: environment))
    case .instance:
      if let keys = FetchedCredentials.instance(environment: environment, clock: clock) { return keys }
      throw .usage("awsCredentials is instance, but AWS_EC2_METADATA_SERVICE_ENDPOINT is not http://HOST:PORT")
    case .container:
      let found = FetchedCredentials.container(environment: environment, clock: clock) { path in
        (try? File.read(path)).map { String(decoding: $0, as: UTF8.self) }
      }
      if let found { return found }
      throw .usage(
        "awsCredentials is container, but the environment has no AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, and no "
          + "AWS_CONTAINER_CREDENTIALS_FULL_URI that is https:// or of this machine")
    }
  }
}

extension Log {
  /// Logs the result of a verification by its stable codes alone: AWS's words may name the
  /// customer's resources.
  fileprivate func note(_ icc: ICCID, _ verification: Verification, _ trace: TraceContext?) {
    event(verification.verdict == .inconclusive ? .warning : .info, "verification") { line in
      line.field("icc", icc.text)
      line.field("traceId", trace?.traceID)
      line.field("verdict", verification.verdict.rawValue)
      line.field("durationMilliseconds", verification.durationMilliseconds)
      let codes = verification.checks.compactMap { check in check.code.map { check.name.rawValue + "=" + $0 } }
      line.field("codes", codes.isEmpty ? nil : codes.joined(separator: " "))
    }
  }
}
