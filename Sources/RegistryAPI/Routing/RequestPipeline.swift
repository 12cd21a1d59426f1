import HTTPWire
import Registry

/// One request on its way through its route: who calls, may they, what do they accept, is the query known; then the handler.
struct RouteService {
  let api: RegistryAPI
  let route: Route
  let request: HTTPRequest
  let headers: HTTPHeaders
  let parameters: [String]
  let requestID: String
  let address: String
  let now: Timestamp

  /// The answer, whatever happens on the way.
  func answer() -> Eventual<Answer> {
    switch route.handler {
    case .read(let handle): .now(read(handle))
    case .open(let handle): .later { await opened(handle) }
    case .write(let handle): .later { await written(handle) }
    }
  }

  private func read(_ handle: (Call, Token, any RegistryReader) throws -> Reply) -> Answer {
    var caller: Token?
    do {
      let reply = try api.store.read { reader in
        let token = try admitted(to: action, reader)
        caller = token
        return try conditional(handle(try call(), token, reader))
      }
      return answer(reply, caller)
    } catch {
      return answer(error, caller)
    }
  }

  private func opened(_ handle: (Call) async throws -> Reply) async -> Answer {
    var caller: Token?
    do {
      if let action { caller = try api.store.read { try admitted(to: action, $0) } }
      return answer(try await conditional(handle(try call())), caller)
    } catch {
      return answer(error, caller)
    }
  }

  private func written(_ handle: (Call, Token) async throws -> Reply) async -> Answer {
    var caller: Token?
    do {
      let token = try api.store.read { try admitted(to: action, $0) }
      caller = token
      return answer(try await handle(try call(), token), caller)
    } catch {
      return answer(error, caller)
    }
  }

  private func answer(_ error: any Error, _ caller: Token?) -> Answer {
    answer(Problem(describing: error).reply(requestID: requestID), caller)
  }

  private func answer(_ reply: Reply, _ caller: Token?) -> Answer {
    api.metrics.note(
      route: route, status: reply.status, milliseconds: api.settings.clock().milliseconds - now.milliseconds)
    return Answer(
      response: reply.response(requestID: requestID), requestID: requestID, address: address,
      route: route.template.text, token: caller?.id, role: caller?.role, cause: reply.cause)
  }

  /// The action that a token is needed for; nil for an open route.
  private var action: Action? {
    switch route.access {
    case .open: nil
    case .action(let action): action
    case .actionUnlessPublic(let action): api.settings.metricsArePublic ? nil : action
    }
  }

  private func admitted(to action: Action?, _ reader: any RegistryReader) throws -> Token {
    let token = try Authentication(api: api, address: address, now: now).token(headers, reader)
    guard let action, AccessTable.allows(token.role, action) else { throw Problem.forbidden }
    return token
  }

  private func conditional(_ reply: Reply) throws(Problem) -> Reply {
    guard route.method == .get, reply.status == 200 else { return reply }
    return try Preconditions.applied(to: reply, headers)
  }

  private func call() throws(Problem) -> Call {
    let mediaType = try negotiated()
    guard let query = Query(request.query) else {
      throw Problem(.malformedRequest, "The query is not UTF-8 once it is decoded.")
    }
    let findings = findings(in: query)
    let takesInput = route.operation.body != nil || !route.operation.query.isEmpty
    guard findings.isEmpty || takesInput else { throw Problem(.validationFailed, findings: findings) }
    return Call(
      api: api, request: request, route: route, parameters: parameters, query: query, requestID: requestID,
      address: address, now: now, mediaType: mediaType, findings: findings)
  }

  private func negotiated() throws(Problem) -> MediaType? {
    guard let preferred = route.offers.first, let accept = AcceptHeader(headers) else {
      return route.offers.first
    }
    if let best = accept.best(of: route.offers) { return best }
    let names = route.offers.map(\.rawValue).joined(separator: ", ")
    throw Problem(.notAcceptable, "This address offers \(names), and \(preferred.rawValue) unless asked otherwise.")
  }

  private func findings(in query: Query) -> [Finding] {
    var findings: [Finding] = []
    var seen: Set<String> = []
    for parameter in query.parameters {
      let name = parameter.name
      guard route.operation.query.contains(where: { $0.name == name }) else {
        findings.append(
          Finding(.parameter(name), "query.unknown", "There is no parameter of this name here.", hint: "Leave it out."))
        continue
      }
      if !seen.insert(name).inserted {
        findings.append(
          Finding(.parameter(name), "query.repeated", "The parameter \(name) stands here more than once."))
      }
    }
    return findings
  }
}
