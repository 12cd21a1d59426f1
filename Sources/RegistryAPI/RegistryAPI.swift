package import HTTPWire
import JSON
package import Registry

/// The REST API: a request in, a response out. It sees HTTP values and the store's protocol, never
/// a socket or a database.
package final class RegistryAPI: Sendable {
  private let services: Services
  private let requestIDs = RequestIDSource()
  private let router: Router

  /// An API over the store. `identifiers` must generate identifiers that sort after all that the
  /// store contains. Throws if the store cannot be read.
  package init(store: any RegistryStore, identifiers: IdentifierSource, settings: APISettings) throws {
    let routes = RouteTable.all.filter { settings.servesInfoSumAPI || $0.dialect != .infoSum }
    let document = RenderedOnce {
      OpenAPIDocument.value(for: routes, version: settings.version, under: settings.basePath).bytes()
    }
    services = try Services(store: store, identifiers: identifiers, settings: settings, openAPI: document)
    router = Router(routes)
  }

  /// Responds to a request from `peer`, an address as text, whose client showed the certificate
  /// with this fingerprint: 64 lowercase hexadecimal digits of its SHA-256. A read is answered
  /// immediately. For `HEAD`, the body is that of `GET`; the server leaves it out.
  package func respond(
    to request: HTTPRequest, from peer: String, certificate: String? = nil
  ) -> Eventual<HandledRequest> {
    let now = services.settings.clock()
    let address = ClientAddress.resolve(peer: peer, request.headers, trusting: services.settings.trustedProxies)
    let identity = RequestIdentity(requestIDs.next(), request.headers)
    guard let request = services.settings.basePath.removed(from: request) else {
      let base = services.settings.basePath.text
      return .now(handled(Problem(.notFound, "This registry is at \(base)/."), .registry, identity, address))
    }
    let dialect = dialect(of: request.target)
    switch router.find(request.method, request.target) {
    case .route(let route, let parameters):
      let call = Call(
        services: services, route: route, request: request, parameters: parameters, identity: identity,
        address: address,
        certificateToken: certificateToken(of: certificate, from: peer, request.headers),
        cookie: cookie(request.headers, route), now: now)
      return RequestPipeline(call).respond()
    case .options(let allowed):
      var response = APIResponse.noContent
      response.headers = [HTTPHeaders.Field("Allow", allowed)]
      return .now(handled(response, identity, address))
    case .noSuchMethod(let allowed):
      let problem = Problem(.methodNotAllowed, headers: [HTTPHeaders.Field("Allow", allowed)])
      return .now(handled(problem, dialect, identity, address))
    case .noSuchPath(let hasExtraSlash):
      let detail = hasExtraSlash ? "This path does not end with a slash. Send the request without it." : nil
      return .now(handled(Problem(.notFound, detail), dialect, identity, address))
    case .unknownMethod: return .now(handled(Problem(.methodUnknown), dialect, identity, address))
    }
  }

  /// Returns the `401` (or `429`) for a request with content whose head has no token, or text that
  /// is not one, so that the content need not be read; nil if the complete request decides.
  package func rejection(
    of head: HTTPRequestHead, from peer: String, certificate: String? = nil
  ) -> HandledRequest? {
    guard let target = services.settings.basePath.removed(from: head.target),
      case .route(let route, _) = router.find(head.method, target), let kind = route.access.credential
    else { return nil }
    let address = ClientAddress.resolve(peer: peer, head.headers, trusting: services.settings.trustedProxies)
    let authentication = Authentication(
      failures: services.failures, limit: services.settings.failureLimit, dialect: route.dialect,
      certificateToken: certificateToken(of: certificate, from: peer, head.headers),
      cookie: cookie(head.headers, route),
      onRejection: services.metrics.note, address: address, now: services.settings.clock())
    guard let problem = authentication.problem(withFormOf: head.headers, kind) else { return nil }
    return handled(problem, route.dialect, RequestIdentity(requestIDs.next(), head.headers), address, route)
  }

  /// Responds to a message that could not be read as a request.
  package func respond(to error: HTTPError, from peer: String) -> HandledRequest {
    let code = ProblemCode(faultStatus: error.status.code)
    let identity = RequestIdentity(requestIDs.next())
    var response = Problem(code, error.reason).response(requestID: identity.id, under: services.settings.basePath)
    response.status = error.status.code
    if let seconds = error.retryAfter { response.headers.append(Problem.retryAfter(seconds)) }
    return handled(response, identity, peer)
  }

  /// Stores the last uses of tokens. The server calls it before it closes the store; while it runs,
  /// the API does so itself, at most once a minute.
  package func flush() async {
    await services.flush()
  }

  /// Returns the token that the settings give to the certificate with this fingerprint, if the
  /// certificate counts for the request.
  private func certificateToken(of fingerprint: String?, from peer: String, _ headers: HTTPHeaders) -> TokenID? {
    guard let fingerprint, let token = services.settings.certificateTokens[fingerprint],
      CertificateToken.counts(for: headers, from: peer, trusting: services.settings.trustedProxies)
    else { return nil }
    return token
  }

  private func cookie(_ headers: HTTPHeaders, _ route: Route) -> SessionCookie? {
    route.takesCookie ? SessionCookie(of: headers, under: services.settings.basePath) : nil
  }

  private func dialect(of target: HTTPTarget) -> Dialect {
    services.settings.servesInfoSumAPI ? Dialect(target.segments) : .registry
  }

  private func handled(
    _ problem: Problem, _ dialect: Dialect, _ identity: RequestIdentity, _ address: String, _ route: Route? = nil
  ) -> HandledRequest {
    let response = problem.response(
      in: dialect, requestID: identity.id, at: services.settings.clock(), under: services.settings.basePath)
    return handled(response, identity, address, route)
  }

  private func handled(
    _ response: APIResponse, _ identity: RequestIdentity, _ address: String, _ route: Route? = nil
  ) -> HandledRequest {
    services.metrics.note(route?.labels, status: response.status, seconds: 0)
    return HandledRequest(
      response: response.message(requestID: identity.id, under: services.settings.basePath), identity: identity,
      address: address,
      route: route?.template.text, icc: nil, token: nil, role: nil, rejection: response.rejection?.reason.rawValue,
      cause: response.cause, alarm: response.alarm)
  }
}

/// All routes. Routing, access control and the OpenAPI document all use this table.
enum RouteTable {
  static let all =
    ICCRoutes.routes + LifecycleRoutes.routes + DocumentRoutes.routes + UsageRoutes.routes + VerificationRoutes.routes
    + EventRoutes.routes + AlarmRoutes.routes + HandOverRoutes.routes + LinkRoutes.routes
    + OrganisationRoutes.routes + TokenRoutes.routes + SessionRoutes.routes + InfoSumRoutes.routes
    + OperationRoutes.routes + ConsoleRoutes.routes
}
