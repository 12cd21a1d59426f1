import RegistryAPI

extension Setting {
  /// Every key, in the order of the configuration file.
  static let all: [Setting] =
    [
      Setting(
        "listen", \.listen,
        "The addresses to listen on, one or an array: HOST:PORT, or unix:/PATH for a Unix socket, which has no TLS. Port 0 lets the system choose a port; the log names it. Not used if systemd hands over sockets."
      ),
      Setting("socketMode", \.socketMode, "The permissions of Unix sockets in listen."),
    ] + transport + [
      Setting(
        "database", \.database,
        "The SQLite file with all data, or the URI of a PostgreSQL database. The file is created at the first start; a relative path starts at the working directory."
      ),
      Setting(
        "databaseReplica", \.databaseReplica,
        "The URI of a standby of the PostgreSQL server in database, which answers reads while it shows all acknowledged writes. Empty means that the primary answers all reads."
      ),
      Setting(
        "maxWalBytes", \.maxWalBytes,
        "The size of the write-ahead log at which writes get 503. It grows while another process reads the database for a long time. 0 means unlimited."
      ) { (bytes) throws(SettingError) in
        if bytes != 0, !(67_108_864...1 << 50).contains(bytes) { throw SettingError("must be 0 or at least 67108864") }
      },
      Setting(
        "logLevel", \.logLevel,
        "The minimum level to log. Requests are logged at info."
      ).changeable,
      Setting(
        "logFormat", \.logFormat,
        "json is one object per line, text is for people. auto is text if standard error is a terminal, else json."),
      Setting(
        "threads", \.threads, in: 0...256,
        "The number of event loops. 0 means one per available processor."),
      Setting(
        "maxConnections", \.maxConnections, in: 0...1_000_000,
        "The maximum number of open connections. 0 means the limit on open files, less a reserve."),
      Setting(
        "maxConnectionsPerAddress", \.maxConnectionsPerAddress, in: 0...1_000_000,
        "The maximum number of open connections per address. 0 means unlimited; keep 0 behind a reverse proxy."),
      Setting(
        "maxTargetBytes", \.maxTargetBytes, in: 1024...65_536,
        "The maximum length of a request target (path and query). Longer ones get 414."),
      Setting(
        "maxHeadBytes", \.maxHeadBytes, in: 4096...262_144,
        "The maximum size of request line and headers together. Larger ones get 431."),
      Setting(
        "maxHeaderLineBytes", \.maxHeaderLineBytes, in: 1024...262_144,
        "The maximum length of a header line. Longer ones get 431."),
      Setting(
        "maxHeaderLines", \.maxHeaderLines, in: 20...1000,
        "The maximum number of header lines. More get 431."),
      Setting(
        "maxBodyBytes", \.maxBodyBytes, in: 65_536...1_048_576,
        "The maximum size of a request body. Larger ones get 413. Every connection may hold one body in memory."),
      Setting(
        "maxPipelinedRequests", \.maxPipelinedRequests, in: 1...1000,
        "The maximum number of pipelined requests of one connection that are answered before other connections get their turn."
      ),
      Setting(
        "maxRequestsPerConnection", \.maxRequestsPerConnection, in: 1...1_000_000_000,
        "The number of requests after which a connection is closed, with Connection: close on the last response."),
      Setting(
        "headSeconds", \.headSeconds, in: 1...3600,
        "The time limit for receiving the head of a request (request line and headers)."),
      Setting(
        "bodySeconds", \.bodySeconds, in: 1...3600,
        "The time limit for receiving a request body."),
      Setting(
        "idleSeconds", \.idleSeconds, in: 1...86400,
        "The time limit for a connection without a request."),
      Setting(
        "lameDuckSeconds", \.lameDuckSeconds, in: 0...60,
        "The time after SIGTERM or SIGINT in which new clients are still served while /readyz says 503, so that load balancers leave out this server first. 0 means none."
      ),
      Setting(
        "drainSeconds", \.drainSeconds, in: 0...3600,
        "The time limit for requests in progress after SIGTERM or SIGINT."),
      Setting(
        "minimumBytesPerSecond", \.minimumBytesPerSecond, in: 0...1_000_000,
        "The minimum rate at which a client must send a body or read a response. 0 means no minimum."),
      Setting(
        "metricsOpen", \.metricsOpen,
        "true serves /metrics without a token."
      ).changeable,
      Setting(
        "infosumApi", \.infosumApi,
        "true serves InfoSum's own API under /api/v2 too. false answers its paths with 404."),
      Setting(
        "trustedProxies", \.trustedProxies,
        "The addresses, or blocks such as 10.0.0.0/8, of the reverse proxies whose trustedProxyHeader is used. It is ignored from all others."
      ).changeable,
      Setting(
        "trustedProxyHeader", \.trustedProxyHeader,
        "The header in which trustedProxies name the client: X-Forwarded-For, or Forwarded of RFC 7239. The other one is never read. The proxies must set this one, or append the client's address to it."
      ).changeable,
      Setting(
        "maxOrganisationRequestsPerSecond", \.maxOrganisationRequestsPerSecond, in: 0...1_000_000,
        "The number of requests per second that all tokens of one organisation may send; twice as many at once. Other requests get 429. 0 means no limit."
      ).changeable,
      Setting(
        "maxIccsPerOrganisation", \.maxIccsPerOrganisation, in: 0...100_000_000,
        "The maximum number of ICCs of one organisation; deleted ones do not count. Beyond it a create or restore gets 409. 0 means no limit."
      ).changeable,
      Setting(
        "maxTokensPerOrganisation", \.maxTokensPerOrganisation, in: 0...1_000_000,
        "The maximum number of valid tokens of one organisation. Beyond it a create over HTTP gets 409; the command is not limited. 0 means no limit."
      ).changeable,
      Setting(
        "maxIdempotencyKeysPerToken", \.maxIdempotencyKeysPerToken, in: 0...100_000_000,
        "The maximum number of idempotency keys that one token can use within 24 hours: each stores a response of about 3 KB. A new key beyond it gets 429. 0 means no limit."
      ).changeable,
      Setting(
        "defaultTokenDays", \.defaultTokenDays, in: 1...3650,
        "The number of days after which a new token expires if its maker does not say when; at most maxTokenDays."
      ).changeable,
      Setting(
        "maxTokenDays", \.maxTokenDays, in: 1...3650,
        "The maximum number of days after which a new token can expire."
      ).changeable,
      Setting(
        "maxSignInDays", \.maxSignInDays, in: 0...30,
        "The maximum number of days for which the console can keep a browser signed in. 0 means that it does not."
      ).changeable,
      Setting(
        "connectorPartition", \.connectorPartition, form: "NAME",
        "The AWS partition of InfoSum's role.", check: AWSName.checkPartition),
      Setting(
        "connectorAccountId", \.connectorAccountId, form: "DIGITS",
        "The 12 digits of InfoSum's AWS account, part of every principal.", check: AWSName.checkAccountID),
      Setting(
        "connectorRoleName", \.connectorRoleName, form: "NAME",
        "The name of InfoSum's role, part of every principal.", check: AWSName.checkRoleName),
    ] + verification + checkpoints

  private static let transport: [Setting] = [
    Setting(
      "basePath", \.basePath, form: "PATH",
      "The path under which a reverse proxy serves the registry, such as /icc. The proxy must pass it on. Empty means the root."
    ) { (path) throws(SettingError) in
      if BasePath(path) == nil {
        throw SettingError("must be a path such as /icc, of letters, digits and -._~ between slashes, or empty")
      }
    },
    Setting(
      "proxyProtocol", \.proxyProtocol,
      "The addresses, or blocks, of the proxies that begin each connection with PROXY protocol version 2, which names the client. They must send it always."
    ),
    Setting(
      "allowPlainHttp", \.allowPlainHttp,
      "true allows to listen beyond loopback without TLS: behind a proxy that does TLS, or in a container. Tokens then cross the network unencrypted."
    ),
    Setting(
      "tlsCertificate", \.tlsCertificate,
      "A PEM file with the server's certificate, then its intermediate authorities. With it every connection uses TLS 1.2 or 1.3. The files of the tls settings are read again when they change and on SIGHUP."
    ),
    Setting(
      "tlsKey", \.tlsKey,
      "A PEM file with the certificate's private key, without a passphrase. Other users must not be able to read it."),
    Setting(
      "tlsClientAuthorities", \.tlsClientAuthorities,
      "A PEM file with the authorities of client certificates. Clients may then show a certificate, and the log names its subject."
    ),
    Setting(
      "tlsClientCertificateRequired", \.tlsClientCertificateRequired,
      "true rejects clients without a certificate from tlsClientAuthorities. A token is needed all the same."),
    Setting(
      "tlsClientTokens", \.tlsClientTokens,
      "The tokens of client certificates, each as FINGERPRINT=TOKEN: the SHA-256 fingerprint of a certificate, and the ID of an existing token. A request without Authorization from a client with this certificate then acts as the token."
    ).changeable,
  ]

  private static let verification: [Setting] = [
    Setting(
      "awsCredentials", \.awsCredentials,
      "The source of the AWS keys that may assume InfoSum's role: environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, or the same lines in the systemd credential icc-registry.aws), container (role of the ECS task or EKS pod), instance (role of the EC2 instance), or none. Without keys only the verification is unavailable."
    ),
    Setting(
      "awsRegion", \.awsRegion, form: "REGION",
      "The Region of the STS endpoint, and the first Region in which a bucket is looked for. It must be enabled by default in AWS.",
      check: AWSName.checkRegion),
    Setting(
      "awsStsEndpoint", \.awsStsEndpoint,
      "The STS endpoint. Empty means AWS's endpoint of the Region. http:// disables TLS."),
    Setting(
      "awsS3Endpoint", \.awsS3Endpoint,
      "The S3 endpoint for all Regions. Empty means AWS's endpoints. http:// disables TLS."),
    Setting(
      "awsAuthorities", \.awsAuthorities,
      "A PEM file with the certificate authorities to trust for AWS. Empty means the system's."),
    Setting(
      "awsConnectSeconds", \.awsConnectSeconds, in: 1...60,
      "The time limit for connecting to AWS."),
    Setting(
      "awsCallSeconds", \.awsCallSeconds, in: 1...120,
      "The time limit for one request to AWS."),
    Setting(
      "verifySeconds", \.verifySeconds, in: 1...600,
      "The time limit for one verification. Checks without a result by then are inconclusive."),
    Setting(
      "verifySettleSeconds", \.verifySettleSeconds, in: 0...600,
      "The time after a change of an ICC during which a rejection by AWS is inconclusive, since IAM changes take time to spread. 0 disables it."
    ),
    Setting(
      "verifyPauseSeconds", \.verifyPauseSeconds, in: 0...3600,
      "The pause between two verifications of the same ICC. An earlier one gets 429. 0 means no pause."),
    Setting(
      "verifyThreads", \.verifyThreads, in: 1...32,
      "The maximum number of verifications in progress."),
    Setting(
      "verifyQueue", \.verifyQueue, in: 0...1000,
      "The maximum number of waiting verifications. More get 429, except for the first of each organisation."),
    Setting(
      "requireVerified", \.requireVerified,
      "When an ICC must be verified before it is usable: auto (if the registry has AWS credentials), always, or never."),
    Setting(
      "cloudFormationTemplateUrl", \.cloudFormationTemplateUrl,
      "The https:// address in Amazon S3 of the published template config/aws/infosum-import.template.json. The set-up then has a link that creates the role with CloudFormation. Empty means no link."
    ),
  ]
  private static let checkpoints: [Setting] = [
    Setting(
      "checkpointTo", \.checkpointTo,
      "The destination of signed checkpoints of the audit trail: a file, to which they are appended, or https://HOST/PATH, to which they are sent with POST. Empty means none."
    ),
    Setting(
      "checkpointKey", \.checkpointKey,
      "The file with the Ed25519 private key that signs checkpoints, in PEM."),
    Setting(
      "checkpointSeconds", \.checkpointSeconds, in: 1...86400,
      "The interval of checkpoints. None is made while the audit trail does not change."),
  ]
}
