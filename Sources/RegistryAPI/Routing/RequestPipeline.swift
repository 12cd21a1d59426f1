import HTTPWire
import Registry
import System

/// The steps of every request: authentication, access, content negotiation and query; then the
/// route's handler.
struct RequestPipeline {
  private let call: Call
  private let started = Instant.now

  init(_ call: Call) {
    self.call = call
  }

  /// Returns the response, whatever fails on the way.
  func respond() -> Eventual<HandledRequest> {
    switch call.route.handler {
    case .read(let handle): call.services.reads.areInPlace ? .now(read(handle)) : .later { await readOnThread(handle) }
    case .open(let handle): .later { await open(handle) }
    case .work(let queueFull, let handle): .later { await work(queueFull, handle) }
    case .link(let handle): .later { await link(handle) }
    case .write(let handle): .later { await write(handle) }
    }
  }

  private func read(_ handle: (Call, Token, any RegistryReader) throws -> APIResponse) -> HandledRequest {
    var caller: Token?
    do {
      let response = try call.services.store.read { reader in
        let token = try authorised(reader, &caller)
        return try conditional(handle(try prepared(), token, reader))
      }
      return handled(response, caller)
    } catch {
      return handled(error, caller)
    }
  }

  private func readOnThread(
    _ handle: @escaping @Sendable (Call, Token, any RegistryReader) throws -> APIResponse
  ) async -> HandledRequest {
    do {
      return try await call.services.reads.run(whole: { read(handle) })
    } catch {
      return handled(error, nil)
    }
  }

  /// Authenticates the caller twice: before it waits, because its scope decides its turn, and again
  /// at its turn.
  private func work(
    _ queueFull: ProblemCode, _ handle: @escaping @Sendable (Call, Token, any RegistryReader) throws -> Route.Rest
  ) async -> HandledRequest {
    var caller: Token?
    do {
      let token = try await authorised(&caller)
      let call = try prepared()
      let work = WorkPool.Work(owner: token.scope, queueFull: queueFull) {
        let rest = try call.services.store.read { reader in
          try call.requireValid(token, reader)
          return try handle(call, token, reader)
        }
        return try rest()
      }
      return handled(try await conditional(call.services.pool.run(work)), caller)
    } catch {
      return handled(error, caller)
    }
  }

  private func open(_ handle: (Call) async throws -> APIResponse) async -> HandledRequest {
    var caller: Token?
    do {
      if action != nil { _ = try await authorised(&caller) }
      return handled(try await conditional(handle(try prepared())), caller)
    } catch {
      return handled(error, caller)
    }
  }

  private func write(_ handle: (Call, Token) async throws -> APIResponse) async -> HandledRequest {
    var caller: Token?
    do {
      let token = try await authorised(&caller)
      return handled(try await handle(try prepared(), token), caller)
    } catch {
      return handled(error, caller)
    }
  }

  /// Counts the request as a use of the link before it is handled.
  private func link(_ handle: (Call, HandOver, ICC) async throws -> APIResponse) async -> HandledRequest {
    var bearer: HandOver?
    do {
      let (found, admission) = try await call.services.reads.run { reader in
        var bearer: HandOver?
        let admission = Result { try admitted(reader, &bearer) }
        return (bearer, admission)
      }
      bearer = found
      let (handOver, icc) = try admission.get()
      let call = try prepared()
      try await call.services.store.write(for: handOver.scope, dryRun: false) {
        try HandOverLifecycle.use(handOver, at: call.now, in: $0)
      }
      return handled(try await conditional(handle(call, handOver, icc)), nil, bearer)
    } catch {
      return handled(error, nil, bearer)
    }
  }

  private func handled(_ error: any Error, _ caller: Token?, _ bearer: HandOver? = nil) -> HandledRequest {
    let problem = Problem(describing: error)
    return handled(
      problem.response(
        in: call.route.dialect, requestID: call.identity.id, at: call.now, under: call.services.settings.basePath),
      caller, bearer)
  }

  private func handled(_ response: APIResponse, _ caller: Token?, _ bearer: HandOver? = nil) -> HandledRequest {
    call.services.metrics.note(call.route.labels, status: response.status, seconds: started.seconds(until: .now))
    return HandledRequest(
      response: response.message(requestID: call.identity.id, under: call.services.settings.basePath),
      identity: call.identity, address: call.address,
      route: call.route.template.text, icc: call.namedICC ?? bearer?.icc,
      token: caller?.id ?? response.rejection?.token,
      role: caller?.role, rejection: response.rejection?.reason.rawValue, cause: response.cause, alarm: response.alarm,
      handOver: bearer?.id)
  }

  /// The action that requires a token; nil for an open route.
  private var action: Action? {
    switch call.route.access {
    case .open, .link: nil
    case .action(let action): action
    case .actionUnlessPublic(let action): call.services.settings.metricsArePublic ? nil : action
    }
  }

  /// Returns the caller's token from a snapshot of its own, as `authorised(_:_:)` does.
  private func authorised(_ caller: inout Token?) async throws -> Token {
    let (found, token) = try await call.services.reads.run { reader in
      var caller: Token?
      let token = Result { try authorised(reader, &caller) }
      return (caller, token)
    }
    caller = found
    return try token.get()
  }

  /// Returns the caller's token, if it may do what the route does. `caller` is set before that is
  /// decided, so that the log of a `403` names the token.
  private func authorised(_ reader: any RegistryReader, _ caller: inout Token?) throws -> Token {
    let token = try authentication.token(call.request.headers, reader)
    caller = token
    try checkRate(of: token)
    if call.services.uses.note(token, at: call.now) { call.services.flushInBackground() }
    guard let action, AccessTable.allows(token, action) else { throw Problem.forbidden }
    guard call.credentialAllows(action) else { throw Problem.forbidden }
    return token
  }

  private var authentication: Authentication {
    Authentication(
      failures: call.services.failures, limit: call.services.settings.failureLimit,
      dialect: call.route.dialect, certificateToken: call.certificateToken, cookie: call.cookie,
      onRejection: call.services.metrics.note, address: call.address, now: call.now)
  }

  /// Returns the hand-over of the link that was sent, with its ICC, if it may do what the route
  /// does. `bearer` is set before that is decided, so that the log names the hand-over.
  private func admitted(
    _ reader: any RegistryReader, _ bearer: inout HandOver?
  ) throws -> (handOver: HandOver, icc: ICC) {
    let found = try authentication.handOver(call.request.headers, reader)
    bearer = found.handOver
    if let seconds = call.services.links.note(found.handOver.id, .link, at: call.now) {
      throw Problem(
        .rateLimitExceeded, "This link was used too often in a short time.", headers: [Problem.retryAfter(seconds)])
    }
    guard case .link(let permission) = call.route.access, AccessTable.allows(found.handOver, permission) else {
      throw Problem.forbidden
    }
    return found
  }

  /// Counts the request for the token's organisation. Throws `429` beyond its limit. The tokens of
  /// the same several organisations count together, apart from each of these: so an organisation
  /// cannot use up the requests of a worker that others share, or notice them by its own limit.
  private func checkRate(of token: Token) throws(Problem) {
    guard !token.organisations.isEmpty, let limit = call.services.settings.organisationLimit,
      let seconds = call.services.requests.note(token.scope, limit, at: call.now)
    else { return }
    throw Problem.rateLimited(limit, retryAfter: seconds)
  }

  private func conditional(_ response: APIResponse) throws(Problem) -> APIResponse {
    guard call.route.method == .get, response.status == 200 else { return response }
    return try Preconditions.applied(to: response, call.request.headers)
  }

  /// The call with its query and media type.
  private func prepared() throws(Problem) -> Call {
    var call = call
    call.mediaType = try negotiated()
    guard let query = Query(call.request.query) else {
      throw Problem(.malformedRequest, "The decoded query is not valid UTF-8.")
    }
    call.query = query
    let operation = call.route.operation
    guard !query.parameters.isEmpty, !operation.ignoresQuery else { return call }
    call.queryErrors = QueryErrors.errors(
      in: query, known: operation.query.map(\.name), repeatable: operation.query.filter(\.isRepeatable).map(\.name))
    let takesInput = operation.body != nil || !operation.query.isEmpty
    guard call.queryErrors.isEmpty || takesInput else {
      throw Problem(.validationFailed, errors: call.queryErrors)
    }
    return call
  }

  private func negotiated() throws(Problem) -> MediaType? {
    let offers = call.route.offers
    guard let preferred = offers.first, let accept = AcceptHeader(try call.request.headers.list("Accept")) else {
      return offers.first
    }
    if let best = accept.best(of: offers) { return best }
    let names = offers.map(\.rawValue).joined(separator: ", ")
    throw Problem(.notAcceptable, "This endpoint can return \(names); the default is \(preferred.rawValue).")
  }
}
