/// Everything that an operator can set, with the built-in defaults.
struct Settings: Equatable, Sendable {
  var listen = ListenAddress(host: "127.0.0.1", port: 8080)
  var database = FilePath("icc-registry.db")
  var logLevel = LogLevel.info
  var logFormat = LogFormat.auto
  var threads = 0
  var maxConnections = 0
  var maxConnectionsPerAddress = 0
  var headSeconds = 10
  var bodySeconds = 60
  var idleSeconds = 60
  var drainSeconds = 8
  var minimumBytesPerSecond = 500
  var metricsOpen = false
  var trustedProxies = AddressList()
  var connectorPartition = "aws"
  var connectorAccountId = "134928160093"
  var connectorRoleName = "InfoSumImportConnector"
}
