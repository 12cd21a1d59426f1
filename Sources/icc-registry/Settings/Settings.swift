import HTTPServer
import HTTPWire
import RegistryAPI

/// All settings, with their defaults.
struct Settings: Equatable, Sendable {
  /// The configuration file that was read, or nil. Not a setting itself.
  var configurationFile: String?
  var listen = ListenAddresses([.network(host: "127.0.0.1", port: 8080)])
  var socketMode = SocketMode.usual
  var basePath = ""
  var proxyProtocol = AddressList()
  var allowPlainHttp = false
  var tlsCertificate = OptionalFile.none
  var tlsKey = OptionalFile.none
  var tlsClientAuthorities = OptionalFile.none
  var tlsClientCertificateRequired = false
  var tlsClientTokens = CertificateTokens()
  var database = DatabaseLocation.file("icc-registry.db")
  var databaseReplica = ReplicaLocation.none
  var maxWalBytes = 1 << 30
  var logLevel = LogLevel.info
  var logFormat = LogFormat.auto
  var threads = 0
  var maxConnections = 0
  var maxConnectionsPerAddress = 0
  var maxTargetBytes = HTTPLimits().target
  var maxHeadBytes = HTTPLimits().head
  var maxHeaderLineBytes = HTTPLimits().headerLine
  var maxHeaderLines = HTTPLimits().headerLines
  var maxBodyBytes = HTTPLimits().body
  var maxPipelinedRequests = HTTPServerSettings().maxPipelined
  var maxRequestsPerConnection = HTTPServerSettings().maxRequestsPerConnection
  var headSeconds = 10
  var bodySeconds = 60
  var idleSeconds = 60
  var lameDuckSeconds = 0
  var drainSeconds = 8
  var minimumBytesPerSecond = 500
  var metricsOpen = false
  var infosumApi = true
  var trustedProxies = AddressList()
  var trustedProxyHeader = TrustedProxies.Header.xForwardedFor
  var maxOrganisationRequestsPerSecond = 500
  var maxIccsPerOrganisation = 10_000
  var maxTokensPerOrganisation = 1000
  var maxIdempotencyKeysPerToken = 100_000
  var defaultTokenDays = 365
  var maxTokenDays = 3650
  var maxSignInDays = 30
  var connectorPartition = "aws"
  var connectorAccountId = "134928160093"
  var connectorRoleName = "InfoSumImportConnector"
  var awsCredentials = CredentialsChoice.environment
  var awsRegion = "eu-west-1"
  var awsStsEndpoint = EndpointOverride.none
  var awsS3Endpoint = EndpointOverride.none
  var awsAuthorities = OptionalFile.none
  var awsConnectSeconds = 5
  var awsCallSeconds = 10
  var verifySeconds = 30
  var verifySettleSeconds = 60
  var verifyPauseSeconds = 5
  var verifyThreads = 2
  var verifyQueue = 8
  var requireVerified = RequireVerified.auto
  var cloudFormationTemplateUrl = TemplateURL.none
  var checkpointTo = CheckpointDestination.none
  var checkpointKey = OptionalFile.none
  var checkpointSeconds = 3600
}
