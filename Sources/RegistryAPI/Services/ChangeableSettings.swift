package import Registry

/// The settings of the API that can change while it serves: each request reads them.
package struct ChangeableSettings: Sendable {
  /// True if `/metrics` requires no token.
  package var metricsArePublic = false
  /// The proxies that may name the client.
  package var trustedProxies = TrustedProxies()
  /// The tokens of client certificates, by the SHA-256 of the certificate in DER as 64 lowercase
  /// hexadecimal digits.
  package var certificateTokens: [String: TokenID] = [:]
  /// The limits on the life of new tokens.
  package var tokenLifetime = TokenLifetime()
  /// The maximum number of days for which a browser stays signed in, 0 to 30; 0 if none does.
  package var maxSignInDays: Int64 = 30
  /// The limit on the requests of all tokens of one organisation; nil if there is none.
  package var organisationLimit: RateLimit?

  /// The maximum numbers of what an organisation or a token can have.
  package var quotas = Quotas()

  /// The defaults.
  package init() {}
}
