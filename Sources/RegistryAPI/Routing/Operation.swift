import JSON

/// The description of a route in the OpenAPI document. The pipeline checks requests against the
/// same value, so that the document and the behaviour cannot differ.
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

  /// A successful response.
  struct Success: Sendable {
    let status: Int
    let description: String
    /// The schema of the content; nil for none.
    var schema: JSONValue?
    /// Header fields in addition to those of every response, by their names under
    /// `components/headers`.
    var headers: [String] = []
    /// Names under `components/links`.
    var links: [String] = []
  }

  /// The conditional headers that a request can have.
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
  /// The problems in addition to those that follow from the other properties.
  var problems: [ProblemCode] = []
}
