import HTTPServer
import HTTPWire
import Testing

/// Starting, listening and draining.
@Suite(.timeLimit(.minutes(10)))
struct LiveLifeTests {
  @Test(arguments: ["127.0.0.1", "localhost", "0.0.0.0", "::1", "[::1]", "::"])
  func `listens on any form of a local address`(host: String)
    async throws
  {
    try await withServer({ $0.addresses = [.network(host: host, port: 0)] }) { _, port in
      let isIPv6 = host.contains(":")
      for _ in 0..<8 {
        let client = RawClient(port: port, ipv6: isIPv6)
        client.send("GET /who HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(client.readToEnd()?.contains("\r\n\r\n\(isIPv6 ? "::1" : "127.0.0.1")|") == true)
      }
    }
  }

  @Test func `an IPv4 client of an IPv6 listener has its IPv4 address`() async throws {
    try await withServer({ $0.addresses = [.network(host: "::", port: 0)] }) { _, port in
      let client = RawClient(port: port)
      client.send("GET /who HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
      #expect(client.readToEnd()?.contains("\r\n\r\n127.0.0.1|") == true)
    }
  }

  @Test(arguments: ["example.org", "", "127.0.0.1:80", "999.1.1.1"]) func `refuses a host that is not an address`(
    host: String
  )
    throws
  {
    var settings = HTTPServerSettings()
    settings.addresses = [.network(host: host, port: 0)]
    let server = try HTTPServer(settings: settings, handler: EchoHandler())
    #expect(throws: HTTPServerError.hostNotNumeric(host)) { try server.startOnPort() }
  }

  @Test(arguments: ["127.0.0.1", "0.0.0.0"]) func `refuses a port that another server of ours uses`(host: String)
    async throws
  {
    try await withServer { _, port in
      var settings = HTTPServerSettings()
      settings.addresses = [.network(host: host, port: port)]
      let second = try HTTPServer(settings: settings, handler: EchoHandler())
      #expect(throws: HTTPServerError.addressInUse(.network(host: host, port: port))) { try second.start() }
    }
  }

  @Test func `starts again on a port with connections in TIME-WAIT`() async throws {
    var port: UInt16 = 0
    for _ in 0..<3 {
      port = try await withServer({ $0.addresses = [.network(host: "127.0.0.1", port: port)] }) { _, port in
        let client = RawClient(port: port)
        client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(client.readToEnd()?.contains("200 OK") == true)
        return port
      }
    }
  }

  @Test func `a drain answers the requests in progress`() async throws {
    var settings = HTTPServerSettings()
    settings.loops = 2
    let gate = Gate()
    let server = try HTTPServer(settings: settings, handler: EchoHandler(gate: gate))
    let port = try server.startOnPort()
    let idle = (0..<4).map { _ in RawClient(port: port) }
    let busy = (0..<4).map { _ in RawClient(port: port) }
    for client in idle {
      client.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(client.read(until: " .").contains("GET /x ."))
    }
    for client in busy { client.send("GET /held HTTP/1.1\r\nHost: a\r\n\r\n") }
    for client in busy { #expect(client.waitUntilRead()) }
    server.drain()
    server.drain()
    for client in idle { #expect(client.readToEnd() == "") }
    gate.open()
    for client in busy {
      let answer = client.read(until: " .")
      #expect(answer.contains("/held .") && answer.contains("Connection: close"))
      #expect(client.read() == nil)
      client.end()
    }
    server.waitUntilStopped()
    #expect(server.statistics.open == 0)
  }

  @Test func `connections that outlast the drain are cut`() async throws {
    let log = EventLog()
    var settings = HTTPServerSettings()
    settings.deadlines.drain = 200
    let server = try HTTPServer(settings: settings, handler: EchoHandler(), observer: log)
    let client = RawClient(port: try server.startOnPort())
    client.send("GET /slow/2000 HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(client.waitUntilRead())
    server.drain()
    server.waitUntilStopped()
    #expect(client.readToEnd() == "")
    #expect(log.all == ["cut drain"])
  }

  @Test func `sends 100 only if the body is accepted and expected`() async throws {
    try await withServer { _, port in
      let client = RawClient(port: port)
      client.send("POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
      #expect(client.read(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
      client.send("abc")
      #expect(client.read(until: ".").hasSuffix("POST /p abc."))
      client.send("POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 70000\r\nExpect: 100-continue\r\n\r\n")
      #expect(client.readToEnd()?.hasPrefix("HTTP/1.1 413 ") == true)
    }
  }

  @Test func `a half-closed client gets its responses`() async throws {
    try await withServer { _, port in
      let client = RawClient(port: port)
      client.send("GET /slow/100 HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n")
      client.end()
      let answer = try #require(client.readToEnd())
      #expect(answer.contains("/slow/100 .") && answer.hasSuffix("GET /b ."))
    }
  }
}
