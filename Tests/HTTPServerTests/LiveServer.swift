import HTTPServer
import HTTPWire
import Testing

/// Runs a body against a server on a loopback port, and drains it afterwards.
func withServer<Result>(
  _ adjust: (inout HTTPServerSettings) -> Void = { _ in }, handler: any HTTPRequestHandler = EchoHandler(),
  observer: (any HTTPServerObserver)? = nil, _ body: (HTTPServer, UInt16) async throws -> Result
) async throws -> Result {
  var settings = HTTPServerSettings()
  settings.loops = 2
  settings.deadlines.drain = 1000
  adjust(&settings)
  let server = try HTTPServer(settings: settings, handler: handler, observer: observer)
  let port = try server.startOnPort()
  defer {
    server.drain()
    server.waitUntilStopped()
  }
  return try await body(server, port)
}

extension HTTPAddress {
  /// The port; 0 of a Unix socket.
  var port: UInt16 { if case .network(_, let port) = self { port } else { 0 } }
}

extension HTTPServer {
  /// Starts the server and returns the port of its first address.
  func startOnPort() throws(HTTPServerError) -> UInt16 { try start().first?.port ?? 0 }
}
