package import HTTPWire
import JSON
package import Registry

/// The REST API: a request in, a response out. It sees HTTP values and the store's protocol, never a socket or a database.
package final class RegistryAPI: Sendable {
  let settings: APISettings
  let store: any RegistryStore
  let identifiers: IdentifierSource
  let uses: TokenUses
  let failures: FailureLimiter
  let keysInProgress = IdempotencyGate()
  let metrics: RequestMetrics
  /// The OpenAPI document, made once.
  let openAPI: [UInt8]
  private let requestIDs = RequestIDSource()
  private let router: Router

  /// An API over the store; `identifiers` must come after every identifier in it.
  package init(store: any RegistryStore, identifiers: IdentifierSource, settings: APISettings = APISettings()) {
    self.settings = settings
    self.store = store
    self.identifiers = identifiers
    uses = TokenUses(now: settings.clock())
    failures = FailureLimiter(settings.failureLimits)
    metrics = RequestMetrics()
    openAPI = OpenAPIDocument.value(for: RouteTable.all, version: settings.version).bytes()
    router = Router(RouteTable.all)
  }

  /// Answers a request that came from `peer`, an address in text: at once where it only reads. For `HEAD` the content is
  /// that of `GET`, which the server leaves out.
  package func respond(to request: HTTPRequest, from peer: String) -> Eventual<Answer> {
    let now = settings.clock()
    let headers = request.headers
    let address = ClientAddress.resolve(peer: peer, headers, trusting: settings.trustedProxies)
    let requestID = requestIDs.identifier(for: headers)
    switch router.find(request.method, request.target) {
    case .route(let route, let parameters):
      let service = RouteService(
        api: self, route: route, request: request, headers: headers, parameters: parameters, requestID: requestID,
        address: address, now: now)
      return service.answer()
    case .options(let allowed):
      var reply = Reply.noContent
      reply.headers = [HTTPHeaders.Field("Allow", allowed)]
      return .now(answer(reply, requestID, address))
    case .noSuchMethod(let allowed):
      let problem = Problem(.methodNotAllowed, headers: [HTTPHeaders.Field("Allow", allowed)])
      return .now(answer(problem, requestID, address))
    case .noSuchPath: return .now(answer(Problem(.notFound), requestID, address))
    case .unknownMethod: return .now(answer(Problem(.methodUnknown), requestID, address))
    }
  }

  /// Answers a message that was refused while it was read.
  package func respond(to fault: HTTPFault, from peer: String) -> Answer {
    let code = ProblemCode(faultStatus: fault.status.code)
    let requestID = requestIDs.fresh()
    var reply = Problem(code, fault.reason).reply(requestID: requestID)
    reply.status = fault.status.code
    if let seconds = fault.retryAfter { reply.headers.append(Problem.retryAfter(seconds)) }
    return answer(reply, requestID, peer)
  }

  private func answer(_ problem: Problem, _ requestID: String, _ address: String) -> Answer {
    answer(problem.reply(requestID: requestID), requestID, address)
  }

  private func answer(_ reply: Reply, _ requestID: String, _ address: String) -> Answer {
    metrics.note(route: nil, status: reply.status, milliseconds: 0)
    return Answer(
      response: reply.response(requestID: requestID), requestID: requestID, address: address, route: nil, token: nil,
      role: nil, cause: reply.cause)
  }
}
