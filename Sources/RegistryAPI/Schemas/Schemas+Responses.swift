import JSON
import Registry

extension Schemas {
  /// An object in which all of these properties are required.
  static func object(_ properties: [(String, JSONValue)]) -> JSONValue {
    .object([
      ("type", "object"), ("required", .array(properties.map { .string($0.0) })), ("properties", .object(properties)),
    ])
  }

  private static func page(_ item: String, more: [(String, JSONValue)] = []) -> JSONValue {
    object(
      [
        ("items", Schema.array(of: Schema.reference(item))), ("nextCursor", nullable(Schema.string())),
      ] + more)
  }

  /// Only a request with `counts=true` gets `counts`.
  private static let iccPage: JSONValue = {
    let required: [(String, JSONValue)] = [
      ("items", Schema.array(of: Schema.reference("ICCItem"))), ("nextCursor", nullable(Schema.string())),
    ]
    return .object([
      ("type", "object"), ("required", .array(required.map { .string($0.0) })),
      ("properties", .object(required + [("counts", nullable(Schema.reference("StatusCounts")))])),
    ])
  }()

  private static let settings: [(String, JSONValue)] = [
    ("id", Schema.reference("ICCId")),
    ("organisation", Schema.reference("OrganisationId")),
    ("name", Schema.reference("Name")),
    ("description", Schema.string()),
    ("connectorType", Schema.anyOf(ConnectorType.allCases.map(\.rawValue))),
    ("status", Schema.anyOf(ICCStatus.allCases.map(\.rawValue))),
    ("enabled", Schema.boolean),
    ("usable", Schema.boolean),
    ("notUsableBecause", Schema.array(of: Schema.anyOf(UsabilityObstacle.allCases.map(\.rawValue)))),
    ("userArn", nullable(Schema.string())),
    ("sessionName", Schema.reference("SessionName")),
    ("bucketName", Schema.string()),
    ("bucketOwner", nullable(Schema.reference("AccountId"))),
    ("prefix", Schema.string()),
    ("filenames", Schema.array(of: Schema.string())),
    ("kmsKeyArn", nullable(Schema.string())),
    ("externalId", Schema.reference("ExternalId")),
    ("pendingExternalId", nullable(Schema.reference("ExternalId"))),
    ("principal", Schema.string()),
  ]

  private static let policies: [(String, JSONValue)] = [
    ("trustPolicy", Schema.reference("PolicyDocument")), ("permissionPolicy", Schema.reference("PolicyDocument")),
  ]

  private static let record: [(String, JSONValue)] = [
    ("warnings", Schema.array(of: Schema.reference("Diagnostic"))),
    ("lastVerification", nullable(Schema.reference("Verification"))),
    ("version", ["type": "integer", "minimum": 1]),
    ("createdAt", Schema.reference("Instant")), ("createdBy", Schema.string()),
    ("updatedAt", Schema.reference("Instant")), ("updatedBy", Schema.string()),
    ("deletedAt", nullable(Schema.reference("Instant"))),
  ]

  private static let token: [(String, JSONValue)] = [
    ("id", Schema.reference("TokenId")), ("name", Schema.string()),
    ("role", Schema.anyOf(Role.allCases.map(\.rawValue))),
    ("organisation", nullable(Schema.reference("OrganisationId"))), organisations, addressBlocks,
    ("lastFour", nullable(Schema.string(("minLength", 4), ("maxLength", 4)))),
    ("createdAt", Schema.reference("Instant")), ("createdBy", Schema.string()),
    ("expiresAt", nullable(Schema.reference("Instant"))), ("revokedAt", nullable(Schema.reference("Instant"))),
    ("lastUsedAt", nullable(Schema.reference("Instant"))),
  ]

  private static let organisations = ("organisations", Schema.array(of: Schema.reference("OrganisationId")))
  private static let addressBlocks = ("addressBlocks", Schema.array(of: Schema.string()))

  private static let allowed = Schema.array(of: Schema.anyOf(HandOverPermission.allCases.map(\.rawValue)))

  private static let handOver: [(String, JSONValue)] = [
    ("id", Schema.reference("HandOverId")), ("iccId", Schema.reference("ICCId")),
    ("state", Schema.anyOf(HandOver.State.allCases.map(\.rawValue))), ("allow", allowed),
    ("createdAt", Schema.reference("Instant")), ("createdBy", Schema.string()),
    ("expiresAt", Schema.reference("Instant")), ("maxUses", count), ("uses", count),
    ("lastUsedAt", nullable(Schema.reference("Instant"))), ("revokedAt", nullable(Schema.reference("Instant"))),
  ]

  private static let handOverView: [(String, JSONValue)] = [
    ("iccId", Schema.reference("ICCId")), ("name", Schema.string()),
    ("status", Schema.anyOf(ICCStatus.allCases.map(\.rawValue))), ("userArn", nullable(Schema.string())),
    ("sessionName", Schema.string()), ("bucketName", Schema.string()), ("prefix", Schema.string()),
    ("externalId", Schema.reference("ExternalId")), ("pendingExternalId", nullable(Schema.reference("ExternalId"))),
    ("principal", Schema.string()), ("allow", allowed), ("expiresAt", Schema.reference("Instant")),
    ("verificationConfigured", Schema.boolean),
  ]

  private static let session: [(String, JSONValue)] = [
    ("tokenId", Schema.reference("TokenId")), ("role", Schema.anyOf(Role.allCases.map(\.rawValue))),
    ("organisation", nullable(Schema.reference("OrganisationId"))), organisations, addressBlocks,
    ("expiresAt", nullable(Schema.reference("Instant"))),
    ("permissions", Schema.array(of: Schema.anyOf(Action.allCases.map(\.rawValue)))),
    ("verificationConfigured", Schema.boolean), ("maxSignInDays", Schema.integer(0...30)),
  ]

  static let responses: [(String, JSONValue)] = [
    ("Session", object(session)),
    ("HandOver", object(handOver)),
    ("CreatedHandOver", object(handOver + [("secret", Schema.string()), ("link", Schema.string())])),
    ("HandOverList", object([("items", Schema.array(of: Schema.reference("HandOver")))])),
    ("HandOverView", object(handOverView)),
    ("ICC", object(settings + policies + record)),
    (
      "ChangedICC",
      object(
        settings + policies + record + [("trustPolicyChanged", Schema.boolean), ("previousPrincipal", Schema.string())])
    ),
    ("ICCItem", object(settings + record)),
    ("ICCPage", iccPage),
    ("StatusCounts", object(ICCStatus.allCases.map { ($0.rawValue, count) })),
    ("Verification", verification),
    ("VerificationCheck", check),
    (
      "VerificationPage",
      object([
        ("items", Schema.array(of: Schema.reference("Verification"))), ("nextCursor", nullable(Schema.string())),
        (
          "inProgress",
          nullable(
            object([
              ("iccVersion", count), ("startedAt", Schema.reference("Instant")),
              ("checks", Schema.array(of: Schema.reference("VerificationCheck"))),
            ]))
        ),
      ])
    ),
    (
      "Usage",
      object([
        ("key", Schema.reference("UsageKey")), ("description", Schema.string()),
        ("expiresAt", Schema.reference("Instant")), ("createdAt", Schema.reference("Instant")),
        ("createdBy", Schema.string()),
      ])
    ),
    ("UsageList", object([("items", Schema.array(of: Schema.reference("Usage")))])),
    ("Diagnostic", diagnostic([("pointer", Schema.string())])),
    (
      "Role",
      object([
        ("userArn", Schema.string()),
        (
          "iccs",
          Schema.array(
            of: object([
              ("id", Schema.reference("ICCId")), ("name", Schema.string()), ("sessionName", Schema.string()),
            ]))
        ),
        ("trustPolicy", Schema.reference("PolicyDocument")), ("trustPolicyCharacters", count),
        ("maximumCharacters", count),
      ])
    ),
    (
      "MergedTrustPolicy",
      object([
        ("userArn", Schema.string()), ("iccs", Schema.array(of: Schema.reference("ICCId"))),
        ("trustPolicy", nullable(Schema.reference("PolicyDocument"))), ("characters", count), ("limit", count),
        ("maximumLimit", count), ("fits", Schema.boolean),
        ("warnings", Schema.array(of: Schema.reference("Diagnostic"))),
      ])
    ),
    (
      "PolicyCheckResult",
      .object([
        ("type", "object"), ("required", ["verdict", "iccVersion"]),
        (
          "properties",
          [
            "verdict": Schema.anyOf(["works", "unsafe", "blocked", "undetermined"]), "iccVersion": count,
            "trustPolicy": Schema.reference("PolicyCheckPart"), "permissionPolicy": Schema.reference("PolicyCheckPart"),
            "bucketPolicy": Schema.reference("PolicyCheckPart"), "keyPolicy": Schema.reference("PolicyCheckPart"),
          ]
        ),
      ])
    ),
    ("PolicyCheckPart", policyCheckPart),
    (
      "Organisation",
      object([
        ("id", Schema.reference("OrganisationId")), ("name", Schema.string()), ("version", count),
        ("createdAt", Schema.reference("Instant")), ("createdBy", Schema.string()),
      ])
    ),
    ("OrganisationPage", page("Organisation")),
    ("Token", object(token)),
    ("CreatedToken", object(token + [("token", nullable(Schema.string(("pattern", .string(tokenPattern)))))])),
    ("TokenPage", page("Token")),
    ("RevokedTokens", object([("revoked", count)])),
    ("Event", event),
    ("EventPage", page("Event")),
    ("Alarm", alarm),
    ("AlarmPage", page("Alarm")),
    (
      "EventFeed",
      page("Event", more: [("pollCursor", Schema.string()), ("head", nullable(Schema.reference("AuditHead")))])
    ),
    (
      "AuditHead",
      object([("seq", ["type": "integer", "minimum": 0]), ("hash", Schema.string(("pattern", "^[0-9a-f]{64}$")))])
    ),
    (
      "Status",
      .object([
        ("type", "object"), ("required", ["status"]),
        (
          "properties",
          .object([
            ("status", Schema.string()), ("databaseCheck", Schema.anyOf(["running"])), ("database", databaseServer),
          ])
        ),
      ])
    ),
    (
      "ProblemPage",
      object([
        ("code", Schema.string()), ("title", Schema.string()), ("status", nullable(count)),
        ("explanation", Schema.string()),
      ])
    ),
    ("Problem", problem),
  ]

  private static let alarm = object([
    ("raisedAt", Schema.reference("Instant")), ("held", Schema.boolean), ("userArn", Schema.string()),
    ("icc", namedICC), ("others", Schema.array(of: namedICC)),
  ])

  private static let namedICC = object([
    ("id", Schema.reference("ICCId")), ("organisation", Schema.reference("OrganisationId")),
    ("name", Schema.reference("Name")),
  ])

  private static let verification = object([
    ("verdict", Schema.anyOf(Verification.Verdict.allCases.map(\.rawValue))), ("iccVersion", count),
    ("startedAt", Schema.reference("Instant")), ("durationMs", count), ("retryAfterSeconds", nullable(count)),
    ("checks", Schema.array(of: Schema.reference("VerificationCheck"))),
  ])

  private static let check = object([
    ("name", Schema.anyOf(VerificationCheck.Name.allCases.map(\.rawValue))),
    ("status", Schema.anyOf(VerificationCheck.Status.allCases.map(\.rawValue))), ("durationMs", count),
    ("code", nullable(Schema.string())), ("detail", Schema.string()), ("hint", nullable(Schema.string())),
  ])

  private static let tokenPattern = "^iccr_[A-Za-z0-9]{43}_[A-Za-z0-9]{6}$"
  /// A number that is not negative.
  static let count: JSONValue = ["type": "integer", "minimum": 0]

  private static let databaseServer: JSONValue = .object([
    ("type", "object"), ("required", ["role"]),
    (
      "properties",
      .object([
        ("role", Schema.anyOf(["primary"])), ("replica", Schema.anyOf(ReplicaStatus.State.allCases.map(\.rawValue))),
        ("replicaLagBytes", nullable(count)),
      ])
    ),
  ])

  private static let event = object([
    ("seq", ["type": "integer", "minimum": 1]), ("at", Schema.reference("Instant")),
    ("type", Schema.anyOf(EventKind.allCases.map(\.rawValue))), ("organisation", nullable(Schema.string())),
    ("subject", Schema.string()), ("version", nullable(["type": "integer", "minimum": 1])),
    ("actor", nullable(Schema.string())), ("address", nullable(Schema.string())),
    ("requestId", nullable(Schema.string())), ("changes", nullable(["type": "object"])),
  ])

  /// One of `errors` or `warnings`.
  private static func diagnostic(_ position: [(String, JSONValue)]) -> JSONValue {
    object(position + [("code", Schema.string()), ("detail", Schema.string()), ("hint", nullable(Schema.string()))])
  }
}
