import JSON
import Registry

/// The schemas of InfoSum's API.
extension Schemas {
  static let infoSum: [(String, JSONValue)] = [
    ("NewConnectorConfig", closed([("config", newConfig)], required: ["config"])),
    ("ConnectorConfigPatch", closed(configFields(nullable(connector(required: []))), required: [])),
    ("ConnectorConfigId", object([("config_id", Schema.reference("ICCId"))])),
    ("ConnectorConfigResponse", object([("config", Schema.reference("ConnectorConfig"))])),
    (
      "ConnectorConfigPage",
      object([
        ("configs", Schema.array(of: Schema.reference("ConnectorConfig"))),
        ("pagination", object([("next_page", number), ("results", number), ("total_results", number)])),
      ])
    ),
    ("ConnectorConfig", config),
    ("InfoSumError", error),
  ]

  private static let number: JSONValue = ["type": "integer", "minimum": 0]
  private static let text = Schema.string()
  private static let type = Schema.anyOf(ConnectorType.allCases.map(\.infoSumName))

  private static let newConfig = closed(
    configFields(connector(required: ["bucket", "cross_account"]))
      + [("owner_id", nullable(Schema.reference("OrganisationId")))],
    required: ["name", "s3_connector"])

  private static func configFields(_ connector: JSONValue) -> [(String, JSONValue)] {
    [
      ("name", Schema.reference("Name")), ("description", nullable(Schema.reference("Description"))),
      ("connector_type", type), ("is_gpg", nullable(["type": "boolean", "const": false])), ("s3_connector", connector),
    ]
  }

  /// The connector in a request.
  private static func connector(required: [String]) -> JSONValue {
    let isNew = !required.isEmpty
    let access = closed(
      [("user_arn", role), ("session_name", Schema.reference("SessionName"))], required: isNew ? ["session_name"] : [])
    return closed(
      [
        ("bucket", Schema.reference("BucketName")), ("prefix", nullable(Schema.reference("Prefix"))),
        ("filenames", nullable(Schema.reference("Filenames"))), ("cross_account", isNew ? access : nullable(access)),
      ], required: required)
  }

  /// The role in a request; null or empty for a draft.
  private static let role: JSONValue = [
    "anyOf": [Schema.reference("UserArn"), Schema.string(("maxLength", 0)), ["type": "null"]]
  ]

  private static let config = object([
    ("id", Schema.reference("ICCId")), ("name", Schema.reference("Name")), ("description", text),
    ("connector_type", type), ("owner_id", Schema.reference("OrganisationId")), ("user_id", text),
    ("created_date_time", Schema.reference("Instant")), ("updated_date_time", Schema.reference("Instant")),
    ("is_gpg", Schema.boolean),
    (
      "s3_connector",
      object([
        ("bucket", text), ("prefix", text), ("filenames", Schema.array(of: text)),
        (
          "cross_account",
          object([
            ("user_arn", text), ("session_name", text), ("external_id", Schema.reference("ExternalId")),
            ("principal", text),
          ])
        ),
      ])
    ),
  ])

  private static let error: JSONValue = {
    let part = object([("code", text), ("message", text)])
    let required: [(String, JSONValue)] = [
      ("error", part), ("details", part), ("help_url", text), ("request_id", text),
      ("time", Schema.reference("Instant")),
    ]
    let optional = [("errors", requestErrors), ("usages", Schema.array(of: Schema.reference("Usage")))]
    return .object([
      ("type", "object"), ("required", .array(required.map { .string($0.0) })),
      ("properties", .object(required + optional)),
    ])
  }()
}
