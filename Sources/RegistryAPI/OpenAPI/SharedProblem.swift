import JSON

/// An error response that operations share: one of `components/responses`, named by its codes.
struct SharedProblem {
  private let status: Int
  private let codes: [ProblemCode]

  /// The response for those of `problems` that have this status.
  init(_ status: Int, _ problems: [ProblemCode]) {
    self.status = status
    codes = problems.filter { $0.status == status }
  }

  var name: String { codes.map(\.rawValue).joined(separator: "_") }

  var reference: JSONValue { ["$ref": .string("#/components/responses/" + name)] }

  var value: JSONValue {
    let text = codes.map { "\($0.rawValue): \($0.title)" }.joined(separator: " ")
    let content: JSONValue = ["schema": Schema.reference("Problem")]
    return [
      "description": .string(text), "headers": SharedHeaders.references(headers),
      "content": .object([(MediaType.problemJSON.rawValue, content)]),
    ]
  }

  private var headers: [String] {
    switch status {
    case 401, 403: ["WWW-Authenticate"]
    case 429: ["Retry-After", "RateLimit", "RateLimit-Policy"]
    case 503, 507: ["Retry-After"]
    default: []
    }
  }
}
