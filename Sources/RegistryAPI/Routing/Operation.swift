import JSON

/// What the OpenAPI document says of a route, and what the pipeline checks before the route's handler runs: both read the
/// same value, so that they cannot differ.
struct Operation: Sendable {
  struct QueryParameter: Sendable {
    let name: String
    let schema: JSONValue
    let description: String
    var isRequired = false
  }

  struct RequestBody: Sendable {
    let mediaType: MediaType
    /// A name under `components/schemas`.
    let schema: String
    let example: JSONValue
  }

  /// A successful answer.
  struct Success: Sendable {
    let status: Int
    let description: String
    /// The content's schema; nil for none.
    var schema: JSONValue?
    /// Header fields besides those of every answer, by their names under `components/headers`.
    var headers: [String] = []
    /// Names under `components/links`.
    var links: [String] = []
  }

  /// What the request may say about versions.
  enum Conditions: Sendable {
    case none
    /// `If-None-Match` with `304`.
    case read
    /// `If-Match` with `412`.
    case change
  }

  let id: String
  let tag: String
  let summary: String
  var description = ""
  var query: [QueryParameter] = []
  var body: RequestBody?
  var takesIdempotencyKey = false
  var conditions = Conditions.none
  var success: Success
  /// Refusals besides those that follow from the rest.
  var problems: [ProblemCode] = []
}
