import JSON
import Registry

extension Schemas {
  /// `errors` of a problem.
  static let requestErrors = Schema.array(
    of: [
      "type": "object", "required": ["code", "detail", "hint"],
      "properties": [
        "pointer": Schema.string(), "parameter": Schema.string(), "header": Schema.string(),
        "code": Schema.string(), "detail": Schema.string(), "hint": nullable(Schema.string()),
      ],
    ])

  /// An error response (RFC 9457).
  static let problem: JSONValue = .object([
    ("type", "object"),
    ("required", ["type", "title", "status", "detail", "code", "requestId"]),
    (
      "properties",
      .object([
        ("type", Schema.string(("pattern", "^/problems/"))), ("title", Schema.string()), ("status", count),
        ("detail", Schema.string()), ("code", Schema.anyOf(ProblemCode.allCases.map(\.rawValue))),
        ("requestId", Schema.string()), ("reason", Schema.anyOf(Problem.reasons)),
        ("errors", requestErrors),
        ("usages", Schema.array(of: Schema.reference("Usage"))),
        (
          "conflicts",
          Schema.array(
            of: object([
              ("id", Schema.reference("ICCId")), ("organisation", Schema.reference("OrganisationId")),
              ("name", Schema.string()),
            ]))
        ),
      ])
    ),
  ])
}
