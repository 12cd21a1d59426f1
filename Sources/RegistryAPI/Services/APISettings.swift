package import Registry
package import System

/// The settings of the API, from the configuration and the server.
package struct APISettings: Sendable {
  /// InfoSum's role in AWS.
  package var connector = ConnectorIdentity()
  /// The program's version, for the OpenAPI document.
  package var version = "0.1.0"
  /// The path under which a reverse proxy serves the registry.
  package var basePath = BasePath.root
  /// The settings that can change; all copies of this value share them.
  package let changeable = Locked(ChangeableSettings())
  /// The limits on failed authentications for each client address.
  package var failureLimit = RateLimit.failures
  /// The address of the published template that creates a role with CloudFormation; nil for none.
  package var cloudFormationTemplateURL: String?
  /// True if InfoSum's own API is served under `/api/v2`.
  package var servesInfoSumAPI = true
  /// The live verification; nil if the configuration has no AWS credentials.
  package var verifier: (any ConnectionVerifier)?
  /// The condition under which an ICC must be verified before it is usable.
  package var requireVerified = RequireVerified.auto
  /// Returns the current time.
  package var clock: @Sendable () -> Timestamp
  /// Returns whether the server is draining, which makes it not ready.
  package var isDraining: @Sendable () -> Bool = { false }
  /// Returns the counters of the server and the store for `/metrics`.
  package var counters: @Sendable () async -> [Metric] = { [] }

  /// True if `/metrics` requires no token.
  var metricsArePublic: Bool { changeable.withLock { $0.metricsArePublic } }
  /// The proxies that may name the client.
  var trustedProxies: TrustedProxies { changeable.withLock { $0.trustedProxies } }
  /// The tokens of client certificates, by the certificate's fingerprint.
  var certificateTokens: [String: TokenID] { changeable.withLock { $0.certificateTokens } }
  /// The limit on the requests of all tokens of one organisation; nil if there is none.
  var organisationLimit: RateLimit? { changeable.withLock { $0.organisationLimit } }
  /// The maximum numbers of what an organisation or a token can have.
  var quotas: Quotas { changeable.withLock { $0.quotas } }
  /// The limits on the life of new tokens.
  var tokenLifetime: TokenLifetime { changeable.withLock { $0.tokenLifetime } }

  /// The maximum number of days for which a browser stays signed in; 0 if none does.
  var maxSignInDays: Int64 { changeable.withLock { min($0.maxSignInDays, $0.tokenLifetime.maxDays) } }

  /// True if an ICC that is not verified is not usable.
  var requiresVerified: Bool {
    switch requireVerified {
    case .auto: verifier != nil
    case .always: true
    case .never: false
    }
  }

  /// The defaults, with this clock.
  package init(clock: @escaping @Sendable () -> Timestamp) { self.clock = clock }
}
