import HTTPServer
import HTTPWire
import Registry
import RegistryAPI
import System
import Text

/// Between the server, which knows sockets, and the API, which knows requests: passes on, and logs
/// one line for each answer.
struct RequestHandler: HTTPRequestHandler {
  let api: RegistryAPI
  let log: Log

  func respond(to request: HTTPRequest, on connection: HTTPConnectionInfo) -> Eventual<HTTPResponse> {
    let started = Self.monotonicMicroseconds
    switch api.respond(to: request, from: connection.peerAddress, certificate: connection.clientFingerprint) {
    case .now(let answer): return .now(logged(answer, request.method, connection, since: started))
    case .later(let wait): return .later { logged(await wait(), request.method, connection, since: started) }
    }
  }

  private func logged(
    _ answer: HandledRequest, _ method: HTTPMethod, _ connection: HTTPConnectionInfo, since started: Int
  ) -> HTTPResponse {
    let level = level(of: answer)
    if let icc = answer.alarm { record(icc, answer.identity) }
    if log.isOn(level) {
      record(answer, level, method.name, connection, microseconds: Self.monotonicMicroseconds - started)
    }
    return Self.message(answer, connection)
  }

  /// Returns the response. Browsers must not use plain HTTP for a year after a response by HTTPS
  /// (RFC 6797), for which a proxy in front is responsible itself.
  private static func message(_ answer: HandledRequest, _ connection: HTTPConnectionInfo) -> HTTPResponse {
    var response = answer.response
    if connection.isEncrypted { response.headers.append("Strict-Transport-Security", "max-age=31536000") }
    return response
  }

  /// Health checks come every few seconds and say nothing while they succeed.
  private func level(of answer: HandledRequest) -> LogLevel {
    if answer.cause != nil { return .error }
    let isHealthCheck = answer.route == "/healthz" || answer.route == "/readyz"
    return isHealthCheck && answer.response.status.code == 200 ? .debug : .info
  }

  func rejection(of head: HTTPRequestHead, on connection: HTTPConnectionInfo) -> HTTPResponse? {
    let certificate = connection.clientFingerprint
    guard let answer = api.rejection(of: head, from: connection.peerAddress, certificate: certificate) else {
      return nil
    }
    record(answer, .info, head.method.name, connection, microseconds: 0)
    return Self.message(answer, connection)
  }

  func respond(to error: HTTPError, on connection: HTTPConnectionInfo) -> HTTPResponse {
    let answer = api.respond(to: error, from: connection.peerAddress)
    record(answer, .info, nil, connection, microseconds: 0)
    return Self.message(answer, connection)
  }

  /// Never the role, which would name the customer's account: administrators find it in the alarms.
  private func record(_ icc: ICC, _ identity: RequestIdentity) {
    log.event(.warning, "shared-role") { line in
      line.add(identity)
      line.field("icc", icc.id.text)
      line.field("organisation", icc.organisation.text)
      line.field("held", icc.isHeld ? "true" : "false")
    }
  }

  /// Never the target, which a client may have put a secret in: the route's template says which
  /// call it was.
  private func record(
    _ answer: HandledRequest, _ level: LogLevel, _ method: String?, _ connection: HTTPConnectionInfo, microseconds: Int
  ) {
    log.event(level, "request") { line in
      line.add(answer.identity)
      line.field("method", method)
      line.field("route", answer.route)
      line.field("icc", answer.icc?.text)
      line.field("status", answer.response.status.code)
      line.field("durationMicroseconds", microseconds)
      // The length of a content that is made in parts is not known yet.
      if answer.response.next == nil { line.field("bytes", answer.response.body.count) }
      line.field("address", answer.address)
      line.field("clientCertificate", connection.clientSubject)
      line.field("token", answer.token?.text)
      line.field("role", answer.role?.rawValue)
      line.field("handOver", answer.handOver?.text)
      line.field("reason", answer.rejection)
      line.field("cause", answer.cause)
    }
  }

  private static var monotonicMicroseconds: Int {
    Int(Instant.now.nanoseconds / 1000)
  }
}

extension LogLine {
  /// Adds the names of a request. A `clientRequestIdRejected` says why the client's is missing.
  fileprivate mutating func add(_ identity: RequestIdentity) {
    field("requestId", identity.id)
    switch identity.client {
    case .given(let id)?: field("clientRequestId", id)
    case .rejected(let reason)?: field("clientRequestIdRejected", reason.rawValue)
    case nil: break
    }
    field("traceId", identity.trace?.traceID)
  }
}
