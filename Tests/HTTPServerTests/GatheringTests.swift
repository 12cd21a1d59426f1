import HTTPWire
import System
import Testing

@testable import HTTPServer

/// Answers to requests that are ready at once are sent together, and none is lost for it.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct GatheringTests {
  /// Echoes the target. `/hold` stops the loop at the gate, so that everything sent meanwhile is ready at once afterwards.
  private struct HoldingHandler: HTTPRequestHandler {
    let gate: Gate

    func respond(to request: HTTPRequest, on connection: HTTPConnectionInfo) -> Eventual<HTTPResponse> {
      if request.target.text == "/hold" { gate.pass() }
      return .now(HTTPResponse(status: HTTPStatus(200), body: Array("<\(request.target.text)>".utf8)))
    }

    func respond(to error: HTTPError, on connection: HTTPConnectionInfo) -> HTTPResponse {
      HTTPResponse(status: error.status)
    }
  }

  private static func get(_ target: String) -> String {
    "GET \(target) HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
  }

  private let gate = Gate()

  private func serving(maxConnections: Int, _ plan: @escaping @Sendable (FailingSystem.Call) -> Void) throws -> (
    ServerCore<FailingSystem>, UInt16
  ) {
    var settings = HTTPServerSettings()
    settings.loops = 1
    settings.maxConnections = maxConnections
    let system = FailingSystem { call, _ in
      plan(call)
      return nil
    }
    let core = try ServerCore(settings: settings, handler: HoldingHandler(gate: gate), observer: nil, system: system)
    return (core, try core.startOnPort())
  }

  /// Sixteen are received before the first of them is answered, and no more.
  @Test func `requests that are ready together are answered together`() throws {
    let calls = Locked<[FailingSystem.Call]>([])
    let (core, port) = try serving(maxConnections: 100) { call in calls.withLock { $0.append(call) } }
    let clients = (0..<40).map { _ in RawClient(port: port) }
    let holder = RawClient(port: port)
    for client in clients { #expect(client.waitUntilRead()) }
    holder.send(Self.get("/hold"))
    #expect(holder.waitUntilRead())
    for (number, client) in clients.enumerated() { client.send(Self.get("/\(number)")) }
    gate.open()
    for (number, client) in clients.enumerated() {
      #expect(client.readToEnd()?.contains("</\(number)>") == true, "\(number)")
    }
    #expect(holder.readToEnd()?.contains("</hold>") == true)
    let runs = calls.withLock { $0 }.split { $0 != .receive }.map(\.count)
    #expect(runs.max() == 16, "\(runs)")
    for client in clients + [holder] { client.end() }
    core.drain()
    core.waitUntilStopped()
  }

  /// Room for a newcomer is not made by cutting off one whose answer waits to be sent.
  @Test func `a connection with a ready response is not evicted`() throws {
    let (core, port) = try serving(maxConnections: 3) { _ in }
    let clients = (0..<2).map { _ in RawClient(port: port) }
    let holder = RawClient(port: port)
    for client in clients { #expect(client.waitUntilRead()) }
    holder.send(Self.get("/hold"))
    #expect(holder.waitUntilRead())
    for client in clients { client.send(Self.get("/kept")) }
    let newcomer = RawClient(port: port)
    newcomer.send(Self.get("/new"))
    gate.open()
    for client in clients { #expect(client.readToEnd()?.contains("</kept>") == true) }
    #expect(holder.readToEnd()?.contains("</hold>") == true && newcomer.readToEnd()?.contains("</new>") == true)
    for client in clients + [holder, newcomer] { client.end() }
    core.drain()
    core.waitUntilStopped()
  }
}
