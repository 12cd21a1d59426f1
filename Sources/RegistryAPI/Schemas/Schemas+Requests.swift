import JSON
import Registry

extension Schemas {
  /// An object with these properties and no others.
  static func closed(_ properties: [(String, JSONValue)], required: [String]) -> JSONValue {
    .object([
      ("type", "object"), ("required", .array(required.map(JSONValue.string))), ("properties", .object(properties)),
      ("additionalProperties", false),
    ])
  }

  private static let settable: [(String, JSONValue)] = [
    ("name", Schema.reference("Name")),
    ("description", nullable(Schema.reference("Description"))),
    ("connectorType", Schema.anyOf(ConnectorType.allCases.map(\.rawValue))),
    ("userArn", nullable(Schema.reference("UserArn"))),
    ("sessionName", Schema.reference("SessionName")),
    ("bucketName", Schema.reference("BucketName")),
    ("bucketOwner", nullable(Schema.reference("AccountId"))),
    ("prefix", nullable(Schema.reference("Prefix"))),
    ("filenames", nullable(Schema.reference("Filenames"))),
    ("kmsKeyArn", nullable(Schema.reference("KmsKeyArn"))),
  ]

  static let requests: [(String, JSONValue)] = [
    (
      "NewICC",
      closed(
        settable + [("organisation", nullable(Schema.reference("OrganisationId")))],
        required: ["name", "connectorType", "sessionName", "bucketName"])
    ),
    ("ICCPatch", closed(settable, required: [])),
    (
      "NewOrganisation",
      .object([
        ("type", "object"),
        ("properties", ["id": Schema.reference("OrganisationId"), "name": Schema.reference("Name")]),
        ("anyOf", [["required": ["id"]], ["required": ["name"]]]), ("additionalProperties", false),
      ])
    ),
    (
      "NewUsage",
      closed(
        [("description", nullable(Schema.reference("Description"))), ("expiresAt", Schema.reference("Instant"))],
        required: ["expiresAt"])
    ),
    (
      "PolicyCheckRequest",
      .object([
        ("type", "object"), ("minProperties", 1),
        (
          "properties",
          ["trustPolicy": policy, "permissionPolicy": policy, "bucketPolicy": policy, "keyPolicy": policy]
        ),
        ("additionalProperties", false),
      ])
    ),
    (
      "NewToken",
      ["oneOf": [newToken(["admin", "connector"], bound: false), newToken(["editor", "viewer"], bound: true)]]
    ),
  ]

  private static let policy: JSONValue = ["type": ["string", "object"]]

  private static func newToken(_ roles: [String], bound: Bool) -> JSONValue {
    let organisation = bound ? Schema.reference("OrganisationId") : ["type": "null"]
    return closed(
      [
        ("name", Schema.reference("Name")), ("role", Schema.anyOf(roles)), ("organisation", organisation),
        ("expiresAt", nullable(Schema.reference("Instant"))),
        ("expiresInDays", nullable(Schema.integer(TokenLifetime.days))),
      ],
      required: ["name", "role"] + (bound ? ["organisation"] : []))
  }
}
