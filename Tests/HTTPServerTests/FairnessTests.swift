import Glibc
import HTTPServer
import HTTPWire
import Testing

/// Clients that pipeline beside clients that do not.
@Suite(.timeLimit(.minutes(10)))
struct FairnessTests {
  private static func get(_ bytes: Int) -> String { "GET /big/\(bytes) HTTP/1.1\r\nHost: a\r\n\r\n" }

  @Test func `an honest client is served next to many that never read`() async throws {
    try await withServer({ $0.loops = 1 }) { server, port in
      let crowd = (0..<100).map { _ in RawClient(port: port, receiveBuffer: 4096) }
      for client in crowd { client.sendWhatFits(String(repeating: Self.get(3000), count: 400)) }
      for _ in 0..<20 {
        let good = RawClient(port: port)
        good.send("GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(good.readToEnd(milliseconds: 1000)?.contains("GET /x .") == true)
      }
      var requests = 0
      while server.statistics.requests > requests {
        requests = server.statistics.requests
        pause(milliseconds: 300)
      }
      // 8 KiB held here, 16 KiB unsent in the kernel, and what the client's kernel takes: about ten answers of 3,000 bytes each. Bounded by
      // the send buffer alone they would be 66, without a bound all 400.
      #expect(requests < 100 * 25 + 20)
    }
  }

  @Test func `stalled readers are cut when all of them hold too much`() async throws {
    let log = EventLog()
    try await withServer({ ($0.loops, $0.sendBuffer, $0.maxHeldForReaders) = (1, 4096, 40_000) }, observer: log) {
      server, port in
      let crowd = (0..<10).map { _ in RawClient(port: port, receiveBuffer: 4096) }
      for client in crowd { client.send(Self.get(30_000)) }
      #expect(until { log.all.count >= 9 && server.statistics.open == 1 })
      // Two of 30,000 bytes are too much together, each answer being made for its client; one may stay whatever it holds.
      #expect(log.all == [String](repeating: "cut stalled-reader", count: 9))
      #expect(server.statistics.open == 1)
      for client in crowd { client.end() }
      #expect(crowd.filter { $0.readToEnd().map { $0.utf8.count > 30_000 } == true }.count == 1)
    }
  }

  @Test(arguments: [1, 3]) func `the largest holders are cut before honest slow readers`(loops: Int) async throws {
    try await withServer({ ($0.loops, $0.sendBuffer, $0.maxHeldForReaders) = (loops, 4096, 1_000_000) }) {
      server, port in
      let honest = (0..<10).map { _ in RawClient(port: port, receiveBuffer: 4096) }
      for client in honest { client.send(Self.get(60_000)) }
      pause(milliseconds: 200)
      let greedy = (0..<20).map { _ in RawClient(port: port, receiveBuffer: 4096) }
      for client in greedy { client.send(Self.get(400_000)) }
      for _ in 0..<100 where server.statistics.cuts[.stalledReader, default: 0] < 19 { pause(milliseconds: 20) }
      pause(milliseconds: 200)
      // One of 400,000 bytes fits next to the honest clients.
      #expect((19...20).contains(server.statistics.cuts[.stalledReader, default: 0]))
      for client in honest {
        client.end()
        #expect(client.readToEnd().map { $0.utf8.count > 60_000 } == true)
      }
    }
  }

  @Test func `of two readers that hold the same the one that has waited longer is cut`() async throws {
    try await withServer({ ($0.loops, $0.sendBuffer, $0.maxHeldForReaders) = (1, 4096, 500_000) }) { server, port in
      let clients = (0..<2).map { _ in RawClient(port: port, receiveBuffer: 4096) }
      for (number, client) in clients.enumerated() {
        client.send(Self.get(300_000))
        #expect(until { server.statistics.states[.writing] == 1 && server.statistics.requests == number + 1 })
        // What the kernel still takes would make the first one's wait begin anew.
        if number == 0 { #expect(client.waitUntilStalled()) }
      }
      #expect(until { server.statistics.cuts[.stalledReader] == 1 })
      for client in clients { client.end() }
      #expect(clients.map { $0.readToEnd().map { $0.utf8.count > 300_000 } == true } == [false, true])
    }
  }

  @Test func `readers of one shared content are not cut`() async throws {
    let log = EventLog()
    let handler = SameForAll(body: [UInt8](repeating: 0x62, count: 500_000))
    try await withServer(
      { ($0.loops, $0.sendBuffer, $0.maxHeldForReaders) = (1, 4096, 600_000) }, handler: handler, observer: log
    ) { server, port in
      let crowd = (0..<20).map { _ in RawClient(port: port, receiveBuffer: 4096) }
      for client in crowd { client.send(Self.get(1)) }
      for client in crowd { #expect(client.waitUntilRead()) }
      #expect(log.all.isEmpty && server.statistics.open == 20)
      for client in crowd { client.end() }
      for client in crowd { #expect(client.readToEnd().map { $0.utf8.count > 500_000 } == true) }
    }
  }

  @Test func `a client that pipelines thousands gets all responses in order`() async throws {
    try await withServer({ $0.loops = 1 }) { _, port in
      let client = RawClient(port: port)
      for _ in 0..<5 {
        client.send((0..<400).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
        let text = client.read(until: "GET /399 .")
        #expect(text.components(of: "GET /").map { $0.prefix { $0 != " " } } == (0..<400).map { "\($0)" })
      }
    }
  }

  @Test(arguments: [nil, 4096, 128 * 1024] as [Int32?]) func `a long response arrives whole through any buffer`(
    size: Int32?
  )
    async throws
  {
    try await withServer({ $0.sendBuffer = size }) { _, port in
      let client = RawClient(port: port)
      client.send(Self.get(5_000_000).replacing("\r\n\r\n", with: "\r\nConnection: close\r\n\r\n"))
      #expect(client.readToEnd().map { $0.utf8.count > 5_000_000 && $0.hasSuffix("bb") } == true)
    }
  }
}

/// Answers everybody with one and the same content.
private struct SameForAll: HTTPRequestHandler {
  let body: [UInt8]

  func respond(to request: HTTPRequest, on connection: HTTPConnectionInfo) -> Eventual<HTTPResponse> {
    .now(HTTPResponse(status: HTTPStatus(200), body: body))
  }

  func respond(to error: HTTPError, on connection: HTTPConnectionInfo) -> HTTPResponse {
    HTTPResponse(status: error.status)
  }
}

extension RawClient {
  /// Sends without waiting for the server to read.
  fileprivate func sendWhatFits(_ text: String) {
    let bytes = Array(text.utf8)
    _ = unsafe bytes.withUnsafeBytes {
      unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
    }
  }
}
