@testable import HTTPServer
import HTTPWire
import System
import Testing

/// Caps and deadlines over real sockets, scaled down.
@Suite(.timeLimit(.minutes(10)))
struct LiveLimitsTests {
  private static let get = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n"

  @Test func `the longest idle connection is evicted first`() async throws {
    let log = EventLog()
    try await withServer({ ($0.loops, $0.maxConnections) = (1, 4) }, observer: log) { server, port in
      let idlers = (0..<10).map { _ in RawClient(port: port) }
      let good = RawClient(port: port)
      good.send(Self.get)
      #expect(good.read(until: " .").contains("GET /x ."))
      #expect(idlers[0].read() == nil)
      #expect(idlers[9].read(milliseconds: 50) == [])
      #expect(server.statistics.open == 4)
      #expect(log.all == [String](repeating: "cut evicted", count: 7))
    }
  }

  @Test func `slow heads are evicted before a new connection`() async throws {
    try await withServer({ ($0.loops, $0.maxConnections) = (1, 4) }) { _, port in
      let slow = (0..<4).map { _ in RawClient(port: port) }
      for client in slow { client.send("GET /") }
      for client in slow { #expect(client.waitUntilRead()) }
      pause(milliseconds: 1100)
      let good = RawClient(port: port)
      #expect(good.waitUntilRead())
      let other = RawClient(port: port)
      #expect(other.waitUntilRead())
      good.send(Self.get)
      other.send(Self.get)
      #expect(good.read(until: " .").contains("GET /x ."))
      #expect(other.read(until: " .").contains("GET /x ."))
      // Which two of them depends on the order in which the kernel gave their connections and their bytes.
      #expect(slow.filter { $0.read(milliseconds: 500) == nil }.count == 2)
    }
  }

  @Test func `a new client waits while every connection has a request in progress`() async throws {
    try await withServer({ ($0.loops, $0.maxConnections) = (1, 2) }) { _, port in
      let busy = (0..<2).map { _ in RawClient(port: port) }
      for client in busy { client.send("GET /slow/600 HTTP/1.1\r\nHost: a\r\n\r\n") }
      for client in busy { #expect(client.waitUntilRead()) }
      let good = RawClient(port: port)
      good.send(Self.get)
      #expect(good.read(until: " .").contains("GET /x ."))
      for client in busy { #expect(client.read(until: " .").contains("/slow/600 .")) }
    }
  }

  @Test func `answers 503 from the reserve when every connection stays busy`() async throws {
    try await withServer({
      ($0.loops, $0.maxConnections, $0.rejectAfterMilliseconds, $0.maxRejectedAtOnce) = (1, 2, 300, 2)
      $0.deadlines.rejected = 60_000
    }) { server, port in
      let busy = (0..<2).map { _ in RawClient(port: port) }
      for client in busy { client.send("GET /slow/6000 HTTP/1.1\r\nHost: a\r\n\r\n") }
      for client in busy { #expect(client.waitUntilRead()) }
      // More than the reserve holds at once: a client that has its response makes room for the next.
      var rejected: [RawClient] = []
      for _ in 0..<5 {
        let client = RawClient(port: port)
        client.send(Self.get)
        let answer = client.readToEnd() ?? ""
        #expect(answer.hasPrefix("HTTP/1.1 503 ") && answer.contains("fault: ") && answer.contains("Connection: close"))
        #expect(server.statistics.open <= 4)
        rejected.append(client)
      }
      for client in busy { #expect(client.read(until: " .").contains("/slow/6000 .")) }
      let good = RawClient(port: port)
      good.send(Self.get)
      #expect(good.read(until: " .").contains("GET /x ."))
      #expect(server.statistics.errors[503] == 5)
      for client in rejected { client.end() }
    }
  }

  /// The response needs no header of the PROXY protocol, and one that arrives after it causes no reset.
  @Test func `a client of a proxy is answered 503 whenever the PROXY header comes`() async throws {
    let (handler, header) = (EchoHandler(), ProxyHeaderTests.header(0x21, 0x11, ProxyHeaderTests.four))
    try await withServer(
      {
        ($0.loops, $0.maxConnections, $0.rejectAfterMilliseconds) = (1, 2, 100)
        $0.proxyProtocolPeers = [AddressBlock("127.0.0.1")].compactMap(\.self)
        $0.deadlines.rejected = 60_000
      }, handler: handler
    ) { server, port in
      let busy = (0..<2).map { _ in RawClient(port: port) }
      for client in busy { client.send(header + Array("GET /held HTTP/1.1\r\nHost: a\r\n\r\n".utf8)) }
      for client in busy { #expect(client.waitUntilRead()) }
      let request = header + Array(Self.get.utf8)
      for count in [0, 5, header.count, request.count] {
        let client = RawClient(port: port)
        client.send(Array(request.prefix(count)))
        let answer = client.read(until: "Every connection is busy.")
        #expect(answer.hasPrefix("HTTP/1.1 503 ") && answer.contains("Connection: close"), "\(count)")
        client.send(Array(request.dropFirst(count)))
        client.end()
        #expect(client.readToEnd() == "" && !client.wasReset, "\(count)")
      }
      #expect(server.statistics.errors == [503: 4])
      handler.gate.open()
      for client in busy { #expect(client.read(until: " .").contains("GET /held .")) }
    }
  }

  @Test(arguments: [(2, false), (3, true)]) func `connections past the limit of an address are answered 429`(
    count: Int, isRejected: Bool
  ) async throws {
    try await withServer({ ($0.maxConnectionsPerAddress) = 2 }) { server, port in
      let clients = (0..<count).map { _ in RawClient(port: port) }
      for client in clients { client.send(Self.get) }
      let answers = clients.map { $0.read(until: ".") }
      #expect(
        answers.filter { $0.hasPrefix("HTTP/1.1 429 ") && $0.contains("Connection: close") }.count
          == (isRejected ? 1 : 0))
      #expect(answers.filter { $0.contains("GET /x .") }.count == 2)
      #expect(server.statistics.errors[429, default: 0] == (isRejected ? 1 : 0))
    }
  }

  /// Rejected connections of one address neither count for it nor keep the places of other connections.
  @Test func `rejected connections do not keep places`() async throws {
    try await withServer({ ($0.loops, $0.maxConnections, $0.maxConnectionsPerAddress) = (1, 6, 3) }) { server, port in
      let greedy = (0..<3).map { _ in RawClient(port: port) }
      for client in greedy { client.send(Self.get) }
      for client in greedy { #expect(client.read(until: " .").contains("GET /x .")) }
      let rejected = (0..<20).map { _ in RawClient(port: port) }
      for client in rejected.suffix(3) { #expect(client.readToEnd()?.hasPrefix("HTTP/1.1 429 ") == true) }
      let used = greedy[0]
      used.send("GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
      #expect(used.readToEnd()?.contains("GET /x .") == true)
      used.end()
      for _ in 0..<50 where server.statistics.open > 5 { pause(milliseconds: 20) }
      let next = RawClient(port: port)
      next.send(Self.get)
      #expect(next.read(until: " .").contains("GET /x ."))
      for client in greedy.dropFirst() {
        client.send(Self.get)
        #expect(client.read(until: " .").contains("GET /x ."))
      }
      // They have half a second to end, not the five of other connections.
      pause(milliseconds: 1000)
      #expect(server.statistics.open == 3)
    }
  }

  @Test(arguments: [
    ("192.0.2.1", "192.0.2.1", false), ("192.0.2.1", "192.0.2.2", true), ("2001:db8:1:2::5", "2001:db8:1:2::9", false),
    ("2001:db8:1:2::5", "2001:db8:1:3::5", true),
  ])
  func `IPv6 addresses count by their 64 bits of network`(address: String, other: String, isOther: Bool) {
    let counts = AddressCounts(maximum: 1)
    #expect(counts.add(address) && counts.add(other) == isOther)
    counts.remove(address)
    #expect(counts.add(address))
  }

  @Test func `the largest unfinished requests are answered 503 when all hold too much`() async throws {
    try await withServer({ ($0.loops, $0.maxInputInFlight) = (2, 400_000) }) { server, port in
      let small = RawClient(port: port)
      small.send("POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab")
      pause(milliseconds: 50)
      let large = (0..<20).map { _ in RawClient(port: port) }
      for client in large {
        client.send("POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n")
        client.send([UInt8](repeating: 0x61, count: 50_000))
      }
      for _ in 0..<100 where server.statistics.errors[503, default: 0] < 10 { pause(milliseconds: 20) }
      #expect(server.statistics.errors[503, default: 0] >= 10)
      small.send("cde")
      #expect(small.read(until: ".").hasSuffix("POST /small abcde."))
      let finished = large.filter { client in
        client.send([UInt8](repeating: 0x61, count: 10_000))
        return client.read(until: ".").hasPrefix("HTTP/1.1 200 ")
      }
      #expect((1...8).contains(finished.count), "\(finished.count)")
    }
  }

  @Test func `cuts a reader that stalls`() async throws {
    let log = EventLog()
    try await withServer({ $0.deadlines.ratePeriod = 300 }, observer: log) { server, port in
      let client = RawClient(port: port, receiveBuffer: 4096)
      client.send("GET /big/30000000 HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(until { server.statistics.open == 0 && server.statistics.accepted == 1 })
      #expect(until { log.all == ["cut stalled-reader"] })
    }
  }

  @Test func `a slow head is answered 408 and an idle connection is closed silently`() async throws {
    try await withServer({ ($0.deadlines.head, $0.deadlines.idle) = (200, 200) }) { server, port in
      let (head, idle) = (RawClient(port: port), RawClient(port: port))
      head.send("GET / HT")
      let answer = try #require(head.readToEnd())
      #expect(answer.hasPrefix("HTTP/1.1 408 Request Timeout\r\n") && answer.contains("Connection: close"))
      #expect(idle.readToEnd() == "")
      #expect(server.statistics.cuts[.idle] == 1 && server.statistics.errors[408] == 1)
    }
  }

  @Test func `resets leave nothing behind`() async throws {
    try await withServer { server, port in
      for turn in 0..<600 {
        let client = RawClient(port: port)
        if turn % 3 > 0 { client.send(turn % 3 == 1 ? "GET / HT" : "GET /slow/1 HTTP/1.1\r\nHost: a\r\n\r\n") }
        client.reset()
      }
      #expect(until { server.statistics.accepted == 600 && server.statistics.open == 0 })
    }
  }
}
