import HTTPServer
import HTTPWire
import Registry
import RegistryAPI
import System

extension Settings {
  /// The addresses to listen on; those of sockets that the service manager hands over are not known
  /// before the start.
  func addresses(_ manager: ServiceManager) -> [HTTPAddress] {
    guard manager.sockets.isEmpty else { return manager.sockets.map(HTTPAddress.inherited) }
    return listen.all.map { $0.address(mode: socketMode.bits) }
  }

  /// The server's part of the settings.
  var server: HTTPServerSettings {
    var server = HTTPServerSettings()
    server.loops = threads == 0 ? nil : threads
    server.maxConnections = maxConnections == 0 ? nil : maxConnections
    server.maxConnectionsPerAddress = maxConnectionsPerAddress == 0 ? nil : maxConnectionsPerAddress
    server.maxPipelined = maxPipelinedRequests
    server.maxRequestsPerConnection = maxRequestsPerConnection
    server.limits = messageLimits
    server.proxyProtocolPeers = proxyProtocol.blocks
    server.deadlines.head = headSeconds * 1000
    server.deadlines.body = bodySeconds * 1000
    server.deadlines.idle = idleSeconds * 1000
    server.deadlines.drain = drainSeconds * 1000
    server.deadlines.minimumRate = minimumBytesPerSecond
    return server
  }

  private var messageLimits: HTTPLimits {
    var limits = HTTPLimits()
    limits.target = maxTargetBytes
    limits.head = maxHeadBytes
    limits.headerLine = maxHeaderLineBytes
    limits.headerLines = maxHeaderLines
    limits.body = maxBodyBytes
    return limits
  }

  /// The path of all URLs.
  var base: BasePath { BasePath(basePath) ?? .root }

  /// InfoSum's side in AWS.
  var connector: ConnectorIdentity {
    ConnectorIdentity(partition: connectorPartition, accountID: connectorAccountId, roleName: connectorRoleName)
  }

  /// The limits on the life of new tokens.
  var tokenLifetime: TokenLifetime {
    TokenLifetime(defaultDays: Int64(defaultTokenDays), maxDays: Int64(maxTokenDays))
  }

  /// The API's settings that can change while it serves.
  var changeable: ChangeableSettings {
    var changeable = ChangeableSettings()
    changeable.metricsArePublic = metricsOpen
    changeable.trustedProxies.addresses = trustedProxies.blocks
    changeable.trustedProxies.header = trustedProxyHeader
    changeable.certificateTokens = tlsClientTokens.tokens
    changeable.tokenLifetime = tokenLifetime
    changeable.maxSignInDays = Int64(maxSignInDays)
    changeable.quotas.iccsPerOrganisation = maxIccsPerOrganisation
    changeable.quotas.tokensPerOrganisation = maxTokensPerOrganisation
    changeable.quotas.idempotencyKeysPerToken = maxIdempotencyKeysPerToken
    let rate = maxOrganisationRequestsPerSecond
    changeable.organisationLimit = rate > 0 ? RateLimit(burst: 2 * rate, perSecond: rate) : nil
    return changeable
  }

  /// The API's part of the settings.
  func api(_ state: ServerState) -> APISettings {
    var api = APISettings { .now }
    api.basePath = base
    api.connector = connector
    api.version = Version.number
    api.requireVerified = requireVerified
    api.servesInfoSumAPI = infosumApi
    let template = cloudFormationTemplateUrl.text
    api.cloudFormationTemplateURL = template.isEmpty ? nil : template
    let changeable = changeable
    api.changeable.withLock { $0 = changeable }
    api.isDraining = { state.isDraining }
    api.counters = { await state.metrics() }
    return api
  }
}
