import JSON

/// An error response that operations share: one of `components/responses`, named by its codes.
struct SharedProblem {
  private let status: Int
  private let dialect: Dialect
  private let codes: [ProblemCode]

  /// The response for those of `problems` that have this status.
  init(_ status: Int, _ problems: [ProblemCode], _ dialect: Dialect) {
    self.status = status
    self.dialect = dialect
    codes = problems.filter { dialect.status(of: $0) == status }
  }

  var name: String {
    let names = codes.map(\.rawValue).joined(separator: "_")
    return dialect == .infoSum ? "infosum_" + names : names
  }

  var reference: JSONValue { ["$ref": .string("#/components/responses/" + name)] }

  var value: JSONValue {
    let text = codes.map { "\($0.rawValue): \($0.title)" }.joined(separator: " ")
    return [
      "description": .string(text), "headers": SharedHeaders.references(headers),
      "content": .object(content),
    ]
  }

  private var content: [(String, JSONValue)] {
    let problem: (String, JSONValue) = (MediaType.problemJSON.rawValue, ["schema": Schema.reference("Problem")])
    guard dialect == .infoSum else { return [problem] }
    let error: (String, JSONValue) = (MediaType.json.rawValue, ["schema": Schema.reference("InfoSumError")])
    return codes.contains(where: Self.unread.contains) ? [error, problem] : [error]
  }

  /// The problems of a message that could not be read as a request, so that its path is unknown.
  private static let unread: [ProblemCode] = [
    .malformedRequest, .requestTimeout, .contentTooLarge, .targetTooLong, .expectationFailed, .headerTooLarge,
    .unavailable,
  ]

  private var headers: [String] {
    switch status {
    case 401, 403: ["WWW-Authenticate"]
    case 429: ["Retry-After", "RateLimit", "RateLimit-Policy"]
    case 503, 507: ["Retry-After"]
    default: []
    }
  }
}
