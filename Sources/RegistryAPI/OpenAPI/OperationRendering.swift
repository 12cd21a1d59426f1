import HTTPWire
import JSON
import Registry

/// An operation of the OpenAPI document.
struct OperationRendering {
  private let route: Route
  /// The problems listed by the operation, and those that follow from its other properties.
  private let problems: [ProblemCode]
  private var operation: Operation { route.operation }

  init(_ route: Route) {
    self.route = route
    problems = Self.problems(of: route)
  }

  var value: JSONValue {
    var members: [(String, JSONValue)] = [
      ("operationId", .string(operation.id)), ("tags", [.string(operation.tag.rawValue)]),
      ("summary", .string(operation.summary)),
    ]
    if !text.isEmpty { members.append(("description", .string(text))) }
    if case .open = route.access {
      members.append(("security", []))
    } else if case .link = route.access {
      members.append(("security", [["link": []]]))
    } else if route.dialect == .infoSum {
      members.append(("security", [["bearer": []], ["token": []]]))
    }
    if !parameters.isEmpty { members.append(("parameters", .array(parameters))) }
    if let body = operation.body { members.append(("requestBody", requestBody(body))) }
    members.append(("responses", .object(responses)))
    return .object(members)
  }

  /// The description. It lists the allowed roles, because bearer tokens have no scopes that the
  /// document could name.
  private var text: String {
    var parts = operation.description.isEmpty ? [] : [operation.description]
    switch route.access {
    case .open: break
    case .link(let permission):
      parts.append(permission.map { "The link must allow \($0.rawValue)." } ?? "Every link allows this.")
    case .action(let action), .actionUnlessPublic(let action):
      let roles = AccessTable.roles(for: action).map(\.rawValue).sorted().joined(separator: ", ")
      parts.append("Allowed roles: \(roles).")
    }
    return parts.joined(separator: " ")
  }

  private var parameters: [JSONValue] {
    var parameters = route.template.parameters.map { name -> JSONValue in
      [
        "name": .string(name), "in": "path", "required": true, "description": .string(pathText(name)),
        "schema": schema(ofParameter: name),
      ]
    }
    parameters += operation.query.map { parameter in
      [
        "name": .string(parameter.name), "in": "query", "required": .bool(parameter.isRequired),
        "description": .string(parameter.description),
        "schema": parameter.isRepeatable ? Schema.array(of: parameter.schema) : parameter.schema,
      ]
    }
    switch operation.conditions {
    case .none: break
    case .read: parameters.append(SharedParameters.reference("IfNoneMatch"))
    case .change: parameters.append(SharedParameters.reference("IfMatch"))
    }
    if operation.takesIdempotencyKey { parameters.append(SharedParameters.reference("IdempotencyKey")) }
    return parameters
  }

  private func schema(ofParameter name: String) -> JSONValue {
    switch name {
    case "key": Schema.reference("UsageKey")
    case "handOver": Schema.reference("HandOverId")
    default: pathSchema
    }
  }

  private func pathText(_ name: String) -> String {
    switch name {
    case "id", "config_id": "The identifier, as in the representation."
    case "handOver": "The identifier of the link, as in the list."
    case "key": "The name that the import job gives to its usage."
    case "code": "A code of a problem, error, warning or finding."
    default: "A name."
    }
  }

  private var pathSchema: JSONValue {
    let path = route.template.text
    if path.hasPrefix("/v1/iccs") || route.template.parameters == ["config_id"] { return Schema.reference("ICCId") }
    if path.hasPrefix("/v1/tokens") { return Schema.reference("TokenId") }
    if path.hasPrefix("/v1/organisations") { return Schema.reference("OrganisationId") }
    return Schema.string()
  }

  private func requestBody(_ body: Operation.RequestBody) -> JSONValue {
    let content: JSONValue = ["schema": Schema.reference(body.schema), "example": body.example]
    return ["required": true, "content": .object([(body.mediaType.rawValue, content)])]
  }

  private var responses: [(String, JSONValue)] {
    var responses: [(String, JSONValue)] = []
    if let described = operation.success {
      let success = success(described)
      responses.append((String(described.status), success))
      if described.isCreatedOnce { responses.append(("201", success)) }
    }
    if operation.conditions == .read {
      responses.append(("304", ["description": "Not modified.", "headers": SharedHeaders.references(["ETag"])]))
    }
    for status in problemStatuses {
      responses.append((String(status), SharedProblem(status, problems, route.dialect).reference))
    }
    return responses
  }

  private func success(_ described: Operation.Success) -> JSONValue {
    var members: [(String, JSONValue)] = [("description", .string(described.description))]
    members.append(
      (
        "headers",
        SharedHeaders.references(described.headers + (operation.takesIdempotencyKey ? ["Idempotency-Replayed"] : []))
      ))
    if let schema = described.schema {
      let content = route.offers.map { type -> (String, JSONValue) in
        (String(type.essence), ["schema": type == .json ? schema : Schema.string()])
      }
      members.append(("content", .object(content)))
    }
    if !described.links.isEmpty { members.append(("links", Links.references(described.links))) }
    return .object(members)
  }

  private var problemStatuses: [Int] { Set(problems.map(route.dialect.status)).sorted() }

  /// The problems, as listed under `components/responses`.
  var sharedProblems: [SharedProblem] { problemStatuses.map { SharedProblem($0, problems, route.dialect) } }

  private static func problems(of route: Route) -> [ProblemCode] {
    var codes: Set<ProblemCode> = [
      .malformedRequest, .methodNotAllowed, .requestTimeout, .contentTooLarge, .targetTooLong, .expectationFailed,
      .validationFailed, .headerTooLarge, .internalError, .unavailable,
    ]
    if !route.offers.isEmpty { codes.insert(.notAcceptable) }
    if !route.isOpen { codes.formUnion([.unauthenticated, .forbidden, .tooManyRequests, .rateLimitExceeded]) }
    if case .link(let permission) = route.access {
      codes.formUnion([.handOverOver, .storageFull])
      if permission == nil { codes.remove(.forbidden) }
    }
    if !route.template.parameters.isEmpty { codes.insert(.notFound) }
    if route.operation.body != nil { codes.insert(.malformedJSON) }
    if case .work(let queueFull, _) = route.handler { codes.insert(queueFull) }
    if route.method != .get { codes.formUnion([.malformedJSON, .unsupportedMediaType, .storageFull]) }
    if route.operation.conditions != .none { codes.insert(.preconditionFailed) }
    if route.operation.takesIdempotencyKey {
      codes.formUnion([.idempotencyKeyReused, .idempotencyKeyInProgress, .tooManyIdempotencyKeys])
    }
    codes.formUnion(route.operation.problems)
    return ProblemCode.allCases.filter(codes.contains)
  }
}

extension Route {
  fileprivate var isOpen: Bool {
    if case .open = access { true } else { false }
  }
}
