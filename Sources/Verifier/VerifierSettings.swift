package import AWSClient
package import Registry
package import Text

/// The operator's settings of verifications.
package struct VerifierSettings: Sendable {
  /// InfoSum's own role.
  package var connector: ConnectorIdentity
  /// The Region whose STS endpoint is called, and where buckets are looked for first.
  package var region: AWSRegion
  /// The endpoint of STS.
  package var sts: AWSEndpoint
  /// The endpoint of S3 for all Regions; nil for AWS's own endpoints.
  package var s3: AWSEndpoint?
  /// The keys that may assume InfoSum's role.
  package var credentials: any AWSCredentialsSource
  /// The number of verifications that run at once.
  package var concurrency = 2
  /// The number of further verifications that may wait.
  package var queueLength = 8
  /// For one verification as a whole, in milliseconds.
  package var verificationMilliseconds = 30_000
  /// The time after a change of the ICC in which a rejection may be IAM's eventual consistency, in
  /// milliseconds.
  package var settleMilliseconds = 60_000
  /// The time from the end of a verification to the next one of the same ICC, in milliseconds; 0
  /// means no pause.
  package var pauseMilliseconds = 0
  /// The time of day.
  package var clock: @Sendable () -> Timestamp
  /// Receives each verification and its trace when it is done, on its thread.
  package var observer: @Sendable (ICCID, Verification, TraceContext?) -> Void = { _, _, _ in }
  /// Makes what sends a verification's calls; nil where it cannot.
  package var transport: @Sendable () -> (any AWSTransport)?

  /// AWS's own endpoints in a Region.
  package init(
    connector: ConnectorIdentity, region: AWSRegion, credentials: any AWSCredentialsSource,
    clock: @escaping @Sendable () -> Timestamp, transport: @escaping @Sendable () -> (any AWSTransport)?
  ) {
    self.connector = connector
    self.region = region
    sts = .sts(region)
    self.credentials = credentials
    self.clock = clock
    self.transport = transport
  }
}
