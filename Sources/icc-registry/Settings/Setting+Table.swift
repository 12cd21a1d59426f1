extension Setting {
  /// Every key, in the order of the configuration file.
  static let all: [Setting] =
    [
      Setting(
        "listen", \.listen,
        "The address and port to listen on; port 0 lets the system pick one, which the log names. Loopback unless you decide otherwise."
      ),
      Setting(
        "database", \.database,
        "The SQLite file that holds everything; it is created where there never was one. A relative path begins at the working directory."
      ),
      Setting(
        "logLevel", \.logLevel, "How urgent an event must be to be logged; every request is an event of level info."),
      Setting(
        "logFormat", \.logFormat,
        "One JSON object a line, or text for people; auto is text where standard error is a terminal and JSON elsewhere."
      ),
      Setting(
        "threads", \.threads, in: 0...256, "How many event loops serve connections; 0 is one for each processor."),
      Setting(
        "maxConnections", \.maxConnections, in: 0...1_000_000,
        "How many connections may be open at once; 0 is what the limit on open files allows, less a reserve."),
      Setting(
        "maxConnectionsPerAddress", \.maxConnectionsPerAddress, in: 0...1_000_000,
        "How many connections one address may have open; 0 is no limit, which a reverse proxy in front needs."),
      Setting(
        "maxTargetBytes", \.maxTargetBytes, in: 1024...65_536,
        "The longest request-target (path and query); beyond it a request is answered 414."),
      Setting(
        "maxHeadBytes", \.maxHeadBytes, in: 4096...262_144,
        "The most that request line and header lines may have together; beyond it 431."),
      Setting(
        "maxHeaderLineBytes", \.maxHeaderLineBytes, in: 1024...262_144, "The longest header line; beyond it 431."),
      Setting("maxHeaderLines", \.maxHeaderLines, in: 20...1000, "How many header lines there may be; beyond it 431."),
      Setting(
        "maxBodyBytes", \.maxBodyBytes, in: 65_536...1_048_576,
        "The longest body; beyond it 413. Every connection may hold one while it comes in."),
      Setting(
        "maxPipelinedRequests", \.maxPipelinedRequests, in: 1...1000,
        "How many requests of one connection are answered before the answers leave and the other connections have their turn."
      ),
      Setting(
        "maxRequestsPerConnection", \.maxRequestsPerConnection, in: 1...1_000_000_000,
        "After how many requests a connection is closed, with Connection: close on the last answer."),
      Setting(
        "headSeconds", \.headSeconds, in: 1...3600, "How long a client may take to send a request's header section."),
      Setting("bodySeconds", \.bodySeconds, in: 1...3600, "How long a client may take to send a request's content."),
      Setting("idleSeconds", \.idleSeconds, in: 1...86400, "How long a connection may stay open between requests."),
      Setting(
        "drainSeconds", \.drainSeconds, in: 0...3600,
        "How long requests under way may take to finish after SIGTERM or SIGINT."),
      Setting(
        "minimumBytesPerSecond", \.minimumBytesPerSecond, in: 0...1_000_000,
        "The slowest rate at which a client may send content or read answers; 0 is no limit."),
      Setting("metricsOpen", \.metricsOpen, "Whether /metrics answers without a token."),
      Setting(
        "trustedProxies", \.trustedProxies,
        "The addresses, or blocks such as 10.0.0.0/8, of reverse proxies whose X-Forwarded-For is believed; nobody else's is."
      ),
      Setting(
        "connectorPartition", \.connectorPartition, form: "NAME",
        "The AWS partition of InfoSum's role.", check: AWSName.checkPartition),
      Setting(
        "connectorAccountId", \.connectorAccountId, form: "DIGITS",
        "The 12 digits of InfoSum's AWS account, which every principal names.", check: AWSName.checkAccountID),
      Setting(
        "connectorRoleName", \.connectorRoleName, form: "NAME",
        "The name of InfoSum's role, which every principal names.", check: AWSName.checkRoleName),
    ] + verification

  private static let verification: [Setting] = [
    Setting(
      "awsCredentials", \.awsCredentials,
      "Where the AWS keys that may assume InfoSum's role come from: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN of the environment; the role of the ECS task or EKS pod (container) or of the EC2 instance; or nowhere. Without keys nothing is verified; all else works."
    ),
    Setting(
      "awsRegion", \.awsRegion, form: "REGION",
      "The Region whose STS is asked, and where buckets are looked for first; one that is on by default.",
      check: AWSName.checkRegion),
    Setting(
      "awsStsEndpoint", \.awsStsEndpoint,
      "Where STS answers, if not at AWS's own address for the Region; plain http is spoken only where it says so."),
    Setting(
      "awsS3Endpoint", \.awsS3Endpoint,
      "Where S3 answers for all Regions, if not at AWS's own addresses; plain http is spoken only where it says so."),
    Setting(
      "awsAuthorities", \.awsAuthorities,
      "A PEM file of the certificate authorities to believe instead of the system's; empty for these."),
    Setting("awsConnectSeconds", \.awsConnectSeconds, in: 1...60, "How long connecting to AWS may take."),
    Setting("awsCallSeconds", \.awsCallSeconds, in: 1...120, "How long one call to AWS may take."),
    Setting(
      "verifySeconds", \.verifySeconds, in: 1...600,
      "How long one verification may take; what is not known by then is inconclusive."),
    Setting(
      "verifySettleSeconds", \.verifySettleSeconds, in: 0...600,
      "For how long after a change of an ICC a refusal by AWS is inconclusive, because changes in IAM take time to spread; 0 believes it at once."
    ),
    Setting("verifyThreads", \.verifyThreads, in: 1...32, "How many verifications run at once."),
    Setting(
      "verifyQueue", \.verifyQueue, in: 0...1000, "How many more verifications may wait; those beyond are answered 429."
    ),
  ]
}
