package import Registry

/// What the configuration and the server tell the API.
package struct APISettings: Sendable {
  /// InfoSum's own side in AWS.
  package var connector = ConnectorIdentity()
  /// The program's version, for the OpenAPI document.
  package var version = "0.1.0"
  /// Whether `/metrics` needs no token.
  package var metricsArePublic = false
  /// The proxies whose `X-Forwarded-For` is believed.
  package var trustedProxies: [AddressBlock] = []
  /// How many failed authentications an address may make.
  package var failureLimits = FailureLimits()
  /// What tries ICCs against AWS; nil where the configuration names no credentials for it.
  package var verifier: (any ConnectionVerifier)?
  /// The time of day.
  package var clock: @Sendable () -> Timestamp
  /// Whether the server is draining: then it is not ready for more.
  package var isDraining: @Sendable () -> Bool = { false }
  /// The counters of the server and the store, read when `/metrics` is.
  package var counters: @Sendable () -> [Metric] = { [] }

  /// The defaults, with this clock.
  package init(clock: @escaping @Sendable () -> Timestamp) { self.clock = clock }
}
