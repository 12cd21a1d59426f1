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
    ("OrganisationPatch", closed([("name", Schema.reference("Name"))], required: [])),
    ("NewSession", closed([("days", nullable(Schema.integer(1...30)))], required: [])),
    (
      "NewHandOver",
      closed(
        [
          ("expiresInDays", nullable(Schema.integer(1...HandOverLifecycle.maxDays))),
          ("maxUses", nullable(Schema.integer(1...HandOverLifecycle.maxUses))),
          ("allow", nullable(Schema.array(of: Schema.anyOf(HandOverPermission.allCases.map(\.rawValue))))),
        ], required: [])
    ),
    ("HandOverPatch", closed([("userArn", Schema.reference("UserArn"))], required: ["userArn"])),
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
    ("NewToken", ["oneOf": .array(Role.allCases.flatMap(newToken))]),
  ]

  private static let policy: JSONValue = ["type": ["string", "object"]]

  /// The forms of a new token of one role. A token that is limited to one organisation can leave it
  /// out of the tokens that it makes; for any other token, the registry requires it.
  private static func newToken(_ role: Role) -> [JSONValue] {
    let one = ("organisation", Schema.reference("OrganisationId"))
    let none = ("organisation", ["type": "null"] as JSONValue)
    let several = { (count: ClosedRange<Int64>) in
      let items = Schema.reference("OrganisationId")
      return ("organisations", listed(items, count))
    }
    let maximum = Int64(NewToken.maxListed)
    switch role.reach {
    case .all, .none:
      return [newToken(role, [none, ("organisations", nullable(several(0...0).1))], required: [])]
    case .one:
      return [
        newToken(role, [one, ("organisations", ["type": "null"])], required: ["organisation"]),
        newToken(role, [none, ("organisations", nullable(several(1...1).1))], required: []),
      ]
    case .allOrSome:
      return [
        newToken(role, [one, ("organisations", ["type": "null"])], required: ["organisation"]),
        newToken(role, [none, ("organisations", nullable(several(0...maximum).1))], required: []),
      ]
    }
  }

  private static func newToken(
    _ role: Role, _ organisations: [(String, JSONValue)], required: [String]
  ) -> JSONValue {
    closed(
      [("name", Schema.reference("Name")), ("role", Schema.anyOf([role.rawValue]))] + organisations + [
        ("addressBlocks", nullable(listed(Schema.reference("AddressBlock"), 0...Int64(NewToken.maxListed)))),
        ("expiresAt", nullable(Schema.reference("Instant"))),
        ("expiresInDays", nullable(Schema.integer(TokenLifetime.days))),
      ],
      required: ["name", "role"] + required)
  }

  private static func listed(_ items: JSONValue, _ count: ClosedRange<Int64>) -> JSONValue {
    ["type": "array", "items": items, "minItems": .number(count.lowerBound), "maxItems": .number(count.upperBound)]
  }
}
