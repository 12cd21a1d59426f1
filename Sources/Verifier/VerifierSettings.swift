package import AWSClient
package import Registry

/// What the operator decides of verifications.
package struct VerifierSettings: Sendable {
  /// InfoSum's own role.
  package var connector: ConnectorIdentity
  /// The Region whose STS is asked, and where buckets are looked for first.
  package var region: AWSRegion
  /// Where STS answers.
  package var sts: AWSEndpoint
  /// Where S3 answers, for all Regions; nil for AWS's own endpoints.
  package var s3: AWSEndpoint?
  /// The keys that may assume InfoSum's role.
  package var credentials: any AWSCredentialsSource
  /// The number of verifications that run at once.
  package var concurrency = 2
  /// The number of further verifications that may wait.
  package var queueLength = 8
  /// For one verification as a whole, in milliseconds.
  package var verificationMilliseconds = 30_000
  /// For how long after a change of the ICC a refusal may be IAM's eventual consistency, in
  /// milliseconds.
  package var settleMilliseconds = 60_000
  /// The time of day.
  package var clock: @Sendable () -> Timestamp
  /// Is told of each verification when it is done, on its thread.
  package var observer: @Sendable (ICCID, Verification) -> Void = { _, _ in }
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
