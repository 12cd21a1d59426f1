import JSON

/// The description of a route in the OpenAPI document. The pipeline checks requests against the
/// same value, so that the document and the behaviour cannot differ.
struct Operation: Sendable {
  /// A group of operations, in the order of the document.
  enum Tag: String, CaseIterable, Sendable {
    case iccs, policies, verifications, usages, handOvers = "hand-overs", events, organisations, tokens, infosum,
      operations, console

    /// One line about the group.
    var summary: String {
      switch self {
      case .iccs: "Import Connector Configs and their external IDs."
      case .policies: "The policies and the set-up to store in AWS, and checks of pasted policies."
      case .verifications: "Live tests of the connection to the customer's bucket."
      case .usages: "Import jobs that use an ICC: it is not deleted or changed under them by mistake."
      case .handOvers: "Links to the set-up of one ICC, for someone without a token."
      case .events: "The audit trail of an ICC, and the change feed of all."
      case .organisations: "The customers that ICCs and tokens belong to."
      case .tokens: "Tokens, and the session of the token that is sent."
      case .infosum: "The same ICCs in InfoSum's own API, version 2."
      case .operations: "Health, metrics and this document."
      case .console: "The web console and the manual."
      }
    }
  }

  struct QueryParameter: Sendable {
    let name: String
    let schema: JSONValue
    let description: String
    var isRequired = false
    /// True if a request can have it several times.
    var isRepeatable = false
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
    /// True if the first request creates the resource, with status 201 and the same content (RFC
    /// 9110 section 9.3.4).
    var isCreatedOnce = false
  }

  /// The conditional headers that a request can have.
  enum Conditions: Sendable {
    case none
    /// `If-None-Match` with `304`.
    case read
    /// `If-Match` with `412`.
    case change
  }

  /// The name of a generated method: words in camel case, such as `listIccs`.
  let id: String
  let tag: Tag
  let summary: String
  var description = ""
  var query: [QueryParameter] = []
  var body: RequestBody?
  /// True if a request can have any query, which then means nothing: as for a file, to which pages
  /// add `?v=2` so that a cache fetches it again.
  var ignoresQuery = false
  var takesIdempotencyKey = false
  var conditions = Conditions.none
  /// The successful response; nil if the operation always fails.
  var success: Success?
  /// The problems in addition to those that follow from the other properties.
  var problems: [ProblemCode] = []
}
