import JSON

/// `components/headers`.
enum SharedHeaders {
  static let all: JSONValue = [
    "X-Request-Id": header(
      "The caller's own identifier of the request, or a fresh one.",
      Schema.string(("pattern", "^[A-Za-z0-9._-]{1,64}$"))),
    "ETag": header("The version, in quotes.", Schema.string(("pattern", "^\"[^\"]+\"$"))),
    "Location": header("Where what was created can be read.", Schema.string()),
    "Idempotency-Replayed": header(
      "true where the answer is the stored one of an earlier request with the same key.", Schema.string()),
    "WWW-Authenticate": header("The challenge of RFC 6750.", Schema.string()),
    "Retry-After": header("Seconds to wait.", ["type": "integer", "minimum": 0]),
  ]

  static func references(_ names: [String]) -> JSONValue {
    .object((["X-Request-Id"] + names).map { ($0, ["$ref": .string("#/components/headers/" + $0)]) })
  }

  private static func header(_ description: String, _ schema: JSONValue) -> JSONValue {
    ["description": .string(description), "schema": schema]
  }
}
