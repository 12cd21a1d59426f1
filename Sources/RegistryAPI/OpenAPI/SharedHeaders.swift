import JSON

/// `components/headers`.
enum SharedHeaders {
  static let all: JSONValue = [
    "X-Request-Id": header(
      "The server's identifier of the request.", Schema.string(("pattern", "^req-[0-9a-f]{32}$"))),
    "ETag": header("The version, in quotes.", Schema.string(("pattern", "^\"[^\"]+\"$"))),
    "Location": header("The path of the created resource.", Schema.string()),
    "Link": header(
      "The address of the next page of CSV or NDJSON with `limit`; absent on the last one.",
      Schema.string(("pattern", "^</v1/.+>; rel=\"next\"$"))),
    "Set-Cookie": header("The cookie of the console, or its deletion.", Schema.string()),
    "Idempotency-Replayed": header(
      "true if this is the stored response to an earlier request with the same key.", Schema.string()),
    "WWW-Authenticate": header("The challenge of RFC 6750.", Schema.string()),
    "RateLimit": header("The remaining requests and the seconds until more are allowed.", Schema.string()),
    "RateLimit-Policy": header("The limit and its window in seconds.", Schema.string()),
    "Retry-After": header("The number of seconds to wait.", ["type": "integer", "minimum": 0]),
  ]

  static func references(_ names: [String]) -> JSONValue {
    .object((["X-Request-Id"] + names).map { ($0, ["$ref": .string("#/components/headers/" + $0)]) })
  }

  private static func header(_ description: String, _ schema: JSONValue) -> JSONValue {
    ["description": .string(description), "schema": schema]
  }
}
