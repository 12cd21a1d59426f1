import JSON

/// `components/parameters`: the header fields of requests.
enum SharedParameters {
  static let all: JSONValue = [
    "IfMatch": header(
      "If-Match", Schema.string(("pattern", .string(#"^(\*|\#(tag)(, ?\#(tag)){0,15})$"#))), "\"3\"",
      "The ETag of the representation that you changed: 412 if it is outdated."),
    "IfNoneMatch": header(
      "If-None-Match", Schema.string(), "\"3\"",
      "The ETag of a response that the client has: 304 if it is still current."),
    "IdempotencyKey": header(
      "Idempotency-Key", Schema.string(("pattern", "^[!-~]{1,255}$")), "b1946ac9-2a1e-4f07",
      "A new key for each different request: a retry with the same key and body within 24 hours returns the stored "
        + "response."),
  ]

  static func reference(_ name: String) -> JSONValue {
    ["$ref": .string("#/components/parameters/" + name)]
  }

  /// An entity tag (RFC 9110 section 8.8.3) without a comma, since a list has at most 32.
  private static let tag = #"(W/)?"[!#-+\--~]{0,64}""#

  private static func header(
    _ name: String, _ schema: JSONValue, _ example: String, _ description: String
  ) -> JSONValue {
    [
      "name": .string(name), "in": "header", "required": false, "description": .string(description),
      "schema": schema, "example": .string(example),
    ]
  }
}
