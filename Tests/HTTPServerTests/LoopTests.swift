import Glibc
import HTTPWire
import System
import Testing

@testable import HTTPServer

/// The fair sharing of a loop's time and memory, and the end of connections, as seen from sockets.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct LoopTests {
  private static func get(_ target: String) -> String { "GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n" }

  @Test func `a client that resets during its request is closed at once`() async throws {
    try await withServer({ $0.loops = 1 }) { server, port in
      do {
        let client = RawClient(port: port)
        client.send(Self.get("/slow/1500"))
        #expect(client.waitUntilRead())
        client.reset()
      }
      let start = ContinuousClock.now
      #expect(until { server.statistics.open == 0 })
      #expect(ContinuousClock.now - start < .milliseconds(1000), "the connection stayed until its request was answered")
      #expect(server.statistics.cuts[.reset] == 1)
    }
  }

  @Test func `connections are counted by their state`() async throws {
    let gate = Gate()
    try await withServer({ ($0.loops, $0.sendBuffer) = (1, 4096) }, handler: EchoHandler(gate: gate)) { server, port in
      func counted() -> [HTTPConnectionState: Int] { server.statistics.states.filter { $0.value > 0 } }
      var others = ["/echo", "/held"].map { target in
        let client = RawClient(port: port)
        client.send(Self.get(target))
        return client
      }
      others.append(RawClient(port: port))
      others[2].send("GET / HT")
      var slow: RawClient? = RawClient(port: port, receiveBuffer: 4096)
      slow?.send(Self.get("/big/3000000"))
      #expect(until { counted() == [.idle: 1, .reading: 1, .handling: 1, .writing: 1] })
      gate.open()
      slow?.reset()
      slow = nil
      #expect(until { counted() == [.idle: 2, .reading: 1] })
      others.removeAll()
      #expect(until { counted().isEmpty && server.statistics.open == 0 })
    }
  }

  @Test func `a handler that holds the loop shows as lag`() async throws {
    try await withServer({ $0.loops = 1 }) { server, port in
      let client = RawClient(port: port)
      client.send(Self.get("/block/300"))
      #expect(until { server.statistics.longestTurn > 0.05 })
      #expect(client.read(until: ".").contains("200"))
      #expect(until { server.statistics.turns.sum >= 0.3 })
      #expect(server.statistics.turns.counts.suffix(5).reduce(0, +) >= 1, "a turn of more than 0.25 s")
      #expect(until { server.statistics.longestTurn == 0 })
    }
  }

  /// The place of a connection is used again while its request is still with the handler.
  @Test func `a late response never reaches another connection`() async throws {
    try await withServer({ $0.loops = 1 }) { server, port in
      do {
        let gone = RawClient(port: port)
        gone.send(Self.get("/slow/gone/500"))
        #expect(gone.waitUntilRead())
        gone.reset()
      }
      #expect(until { server.statistics.open == 0 })
      let client = RawClient(port: port)
      client.send("GET /slow/own/1000 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
      #expect(client.readToEnd()?.hasSuffix("GET /slow/own/1000 .") == true)
    }
  }

  @Test func `closed slow readers no longer count towards the held output`() async throws {
    let log = EventLog()
    try await withServer({ ($0.loops, $0.sendBuffer, $0.maxHeldForReaders) = (1, 4096, 40_000) }, observer: log) {
      server, port in
      for _ in 0..<3 {
        let client = RawClient(port: port, receiveBuffer: 4096)
        client.send(Self.get("/big/30000"))
        #expect(client.waitUntilRead())
        client.reset()
      }
      #expect(until { server.statistics.open == 0 })
      let others = (0..<2).map { _ in RawClient(port: port, receiveBuffer: 4096) }
      for client in others { client.send(Self.get("/big/15000")) }
      for client in others { #expect(client.waitUntilRead()) }
      #expect(server.statistics.open == 2)
      #expect(!log.all.contains("cut stalled-reader"))
      for client in others {
        client.end()
        #expect(client.readToEnd()?.hasSuffix("bbb") == true)
      }
    }
  }

  @Test func `a closed connection no longer counts for its address`() async throws {
    try await withServer({ ($0.loops, $0.maxConnectionsPerAddress) = (1, 2) }) { server, port in
      let first = RawClient(port: port)
      for turn in 1...5 {
        let client = RawClient(port: port)
        client.send("GET /\(turn) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(client.readToEnd()?.contains("GET /\(turn) .") == true)
        client.end()
        #expect(until { server.statistics.open <= 1 })
      }
      first.send(Self.get("/x"))
      #expect(first.read(until: " .").contains("GET /x ."))
    }
  }

  /// The poller tells of input until it is read or no more asked for: a loop that did neither would spin.
  @Test func `unwanted input does not keep the loop busy`() throws {
    let system = FailingSystem { _, _ in nil }
    let (core, port) = try start(system) { _ in }
    let client = RawClient(port: port)
    client.send(Self.get("/slow/600"))
    #expect(client.waitUntilRead())
    client.send(Self.get("/next"))
    #expect(client.read(until: "/next .").contains("/slow/600 ."))
    #expect(system.made(.wait) < 20)
    client.end()
    core.drain()
    core.waitUntilStopped()
  }

  /// Each older than a second; the connection that waited longest goes first within heads and bodies.
  @Test func `bodies and heads are evicted before idle connections`() async throws {
    try await withServer({ ($0.loops, $0.maxConnections) = (1, 3) }) { _, port in
      let idle = RawClient(port: port)
      pause(milliseconds: 50)
      let body = RawClient(port: port)
      body.send("POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab")
      #expect(body.waitUntilRead())
      let head = RawClient(port: port)
      head.send("GET /h")
      #expect(head.waitUntilRead())
      pause(milliseconds: 1100)
      let newcomers = (0..<2).map { _ in RawClient(port: port) }
      for client in newcomers { #expect(client.waitUntilRead()) }
      for client in newcomers {
        client.send(Self.get("/new"))
        #expect(client.read(until: " .").contains("GET /new ."))
      }
      #expect(head.read(milliseconds: 500) == nil)
      #expect(body.read(milliseconds: 500) == nil)
      idle.send(Self.get("/idle"))
      #expect(idle.read(until: " .").hasSuffix("GET /idle ."))
    }
  }

  /// A client whose request comes a moment after its connection is younger than the heads of a flood.
  @Test func `if all are younger than a second the oldest is evicted, whatever it waits for`() async throws {
    try await withServer({ ($0.loops, $0.maxConnections) = (1, 3) }) { _, port in
      let heads = (0..<2).map { _ in RawClient(port: port) }
      for head in heads { head.send("GET /h") }
      pause(milliseconds: 100)
      let honest = RawClient(port: port)
      pause(milliseconds: 50)
      let flood = (0..<2).map { _ in RawClient(port: port) }
      for head in flood { head.send("GET /h") }
      pause(milliseconds: 50)
      honest.send(Self.get("/honest"))
      #expect(honest.read(until: " .").hasSuffix("GET /honest ."))
      for head in heads { #expect(head.read(milliseconds: 500) == nil) }
    }
  }

  @Test(arguments: [(900, true), (1100, false)])
  func `a head is evicted before an older idle connection if it is older than a second`(
    milliseconds: Int, isHeadKept: Bool
  ) throws {
    let system = FailingSystem(hasStoppedClock: true) { _, _ in nil }
    let (core, port) = try start(system) { $0.maxConnections = 2 }
    let idle = RawClient(port: port)
    #expect(idle.waitUntilRead())
    system.pass(milliseconds: 50)
    let head = RawClient(port: port)
    head.send("GET /h")
    #expect(head.waitUntilRead())
    system.pass(milliseconds: milliseconds)
    let newcomer = RawClient(port: port)
    newcomer.send(Self.get("/new"))
    #expect(newcomer.read(until: " .").contains("GET /new ."))
    let (evicted, kept) = isHeadKept ? (idle, head) : (head, idle)
    #expect(evicted.read() == nil)
    kept.send(isHeadKept ? " HTTP/1.1\r\nHost: a\r\n\r\n" : Self.get("/h"))
    #expect(kept.read(until: " .").contains("GET /h ."))
    for client in [idle, head, newcomer] { client.end() }
    core.drain()
    core.waitUntilStopped()
  }

  /// A client that reads slowly waits for its response; an idle one waits for nothing.
  @Test func `idle connections older than a second are evicted before older slow readers`() async throws {
    try await withServer({ ($0.loops, $0.maxConnections, $0.sendBuffer) = (1, 2, 4096) }) { server, port in
      let reader = RawClient(port: port, receiveBuffer: 4096)
      reader.send(Self.get("/big/300000"))
      #expect(until { server.statistics.states[.writing] == 1 })
      let idle = RawClient(port: port)
      #expect(idle.waitUntilRead())
      pause(milliseconds: 1100)
      let newcomer = RawClient(port: port)
      newcomer.send(Self.get("/new"))
      #expect(newcomer.read(until: " .").contains("GET /new ."))
      #expect(idle.read(milliseconds: 500) == nil)
      reader.end()
      #expect(reader.readToEnd().map { $0.utf8.count > 300_000 } == true)
    }
  }

  /// The loop is busy while a newcomer, and then the request, arrive.
  @Test func `a connection whose request has arrived is served and not evicted`() throws {
    let gate = Gate()
    let recorder = Recorder(milliseconds: 0, order: Locked([]), gate: gate)
    let (core, port) = try start(FailingSystem { _, _ in nil }, recorder) { $0.maxConnections = 2 }
    let (idle, holder) = (RawClient(port: port), RawClient(port: port))
    for client in [idle, holder] { #expect(client.waitUntilRead()) }
    holder.send(Self.get("/hold"))
    #expect(until { recorder.order.withLock { $0 } == ["hold"] })
    let newcomer = RawClient(port: port)
    idle.send(Self.get("/a"))
    gate.open()
    #expect(answers(to: 1, of: idle) == 1)
    newcomer.send(Self.get("/b"))
    #expect(answers(to: 1, of: newcomer) == 1)
    for client in [idle, newcomer] { client.end() }
    core.drain()
    core.waitUntilStopped()
  }

  @Test func `lingering connections are evicted before all others, at any age`() async throws {
    try await withServer({ ($0.loops, $0.maxConnections) = (1, 2) }) { _, port in
      let idle = RawClient(port: port)
      pause(milliseconds: 1100)
      let lingering = RawClient(port: port)
      lingering.send("BROKEN\r\n\r\n")
      #expect(lingering.readToEnd()?.hasPrefix("HTTP/1.1 400 ") == true)
      let newcomer = RawClient(port: port)
      newcomer.send(Self.get("/new"))
      #expect(newcomer.read(until: " .").contains("GET /new ."))
      idle.send(Self.get("/idle"))
      #expect(idle.read(until: " .").hasSuffix("GET /idle ."))
    }
  }

  /// One loop has no connection that it may evict, so another makes room.
  @Test func `the maximum number of connections is shared by all loops`() async throws {
    try await withServer({ ($0.loops, $0.maxConnections) = (4, 6) }) { server, port in
      let clients = (0..<12).map { _ in RawClient(port: port) }
      for client in clients.suffix(6) { client.send(Self.get("/x")) }
      // They become old enough to be evicted before a newcomer that is slow to send its request.
      pause(milliseconds: 1100)
      for _ in 0..<20 {
        let client = RawClient(port: port)
        client.send("GET /y HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(client.readToEnd()?.contains("GET /y .") == true)
        // A connection is counted before another is evicted for it.
        #expect(until { server.statistics.open <= 6 })
      }
    }
  }

  /// The newcomers come to any of eight loops, and only one loop has a connection at a time.
  @Test func `a loop without connections leaves the request to evict one to another loop`() async throws {
    try await withServer({ ($0.loops, $0.maxConnections) = (8, 1) }) { _, port in
      var last: RawClient?
      for _ in 0..<12 {
        let client = RawClient(port: port)
        client.send(Self.get("/x"))
        #expect(client.read(until: " .").hasSuffix("GET /x ."))
        #expect(last.map { $0.read(milliseconds: 5000) == nil } ?? true)
        last = client
      }
    }
  }

  /// After SIGSTOP and SIGCONT, or with a frozen control group, every deadline has passed before a byte is read.
  @Test func `a deadline reads the socket before it cuts`() throws {
    let gate = Gate()
    let recorder = Recorder(milliseconds: 0, order: Locked([]), gate: gate)
    let (core, port) = try start(FailingSystem { _, _ in nil }, recorder) {
      ($0.deadlines.idle, $0.deadlines.head, $0.deadlines.ratePeriod) = (2000, 2000, 2000)
    }
    let clients = (0..<150).map { _ in RawClient(port: port) }
    let body = RawClient(port: port)
    for (number, client) in clients.enumerated() where number % 2 == 0 { client.send("GET /b HTTP/1.1\r\n") }
    body.send("POST /c HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n")
    #expect(until { core.statistics.accepted == 151 })
    pause(milliseconds: 100)
    let holder = RawClient(port: port)
    holder.send(Self.get("/hold"))
    #expect(until { recorder.order.withLock { $0 } == ["hold"] })
    for (number, client) in clients.enumerated() {
      client.send(number % 2 == 0 ? "Host: a\r\n\r\n" : Self.get("/a"))
    }
    body.send([UInt8](repeating: 0x61, count: 60_000))
    pause(milliseconds: 2200)
    gate.open()
    let answered = (clients + [body]).filter { answers(to: 1, of: $0) == 1 }.count
    #expect(answered == 151)
    core.drain()
    core.waitUntilStopped()
  }

  @Test func `a drain waits a moment for the first request of a new connection`() throws {
    let (core, port) = try start(FailingSystem { _, _ in nil }) { $0.deadlines.firstRequestWhileDraining = 800 }
    let (new, used, silent) = (RawClient(port: port), RawClient(port: port), RawClient(port: port))
    used.send(Self.get("/used"))
    #expect(used.read(until: " .").contains("/used ."))
    core.drain()
    #expect(used.readToEnd(milliseconds: 400) == "")
    pause(milliseconds: 200)
    new.send(Self.get("/first"))
    let answer = new.readToEnd() ?? ""
    #expect(answer.contains("GET /first .") && answer.contains("Connection: close"))
    #expect(silent.readToEnd(milliseconds: 2000) == "")
    core.waitUntilStopped()
  }

  @Test func `a handler is cancelled when its client is gone`() async throws {
    for ends in [true, false] {
      let handler = CancellableHandler()
      try await withServer({ $0.loops = 1 }, handler: handler) { _, port in
        let client = RawClient(port: port)
        client.send(Self.get("/x"))
        pause(milliseconds: 100)
        #expect(handler.state.withLock { $0 } == .waiting)
        if ends { client.end() } else { client.reset() }
        _ = consume client
        for _ in 0..<100 where handler.state.withLock({ $0 }) == .waiting { pause(milliseconds: 20) }
        #expect(handler.state.withLock { $0 } == .cancelled)
      }
    }
  }

  @Test func `the drain ends on time although a request is in progress`() throws {
    let (core, port) = try start(FailingSystem { _, _ in nil }) { $0.deadlines.drain = 200 }
    let client = RawClient(port: port)
    client.send(Self.get("/slow/8000"))
    #expect(client.waitUntilRead())
    let began = ContinuousClock.now
    core.drain()
    core.waitUntilStopped()
    #expect(ContinuousClock.now - began < .seconds(5))
  }

  /// Requests of an idle client that the kernel holds when the drain begins are answered.
  @Test func `the drain answers requests that the kernel already holds`() throws {
    let gate = Gate()
    let recorder = Recorder(milliseconds: 0, order: Locked([]), gate: gate)
    let (core, port) = try start(FailingSystem { _, _ in nil }, recorder) { _ in }
    let (holder, client) = (RawClient(port: port), RawClient(port: port))
    client.send(Self.get("/a"))
    #expect(answers(to: 1, of: client) == 1)
    holder.send(Self.get("/hold"))
    #expect(holder.waitUntilRead())
    client.send(Self.get("/a"))
    core.drain()
    gate.open()
    let answer = client.readToEnd() ?? ""
    #expect(answer.hasPrefix("HTTP/1.1 204 ") && answer.contains("Connection: close"))
    for client in [holder, client] { client.end() }
    core.waitUntilStopped()
  }

  /// The kernel has made these connections, and their clients do not know that they have not been accepted.
  @Test func `the drain answers connections that wait in the listener's queue`() throws {
    let gate = Gate()
    let recorder = Recorder(milliseconds: 0, order: Locked([]), gate: gate)
    let (core, port) = try start(FailingSystem { _, _ in nil }, recorder) { _ in }
    let holder = RawClient(port: port)
    holder.send(Self.get("/hold"))
    #expect(until { recorder.order.withLock { $0 } == ["hold"] })
    let queued = (0..<100).map { _ in RawClient(port: port) }
    for client in queued { client.send(Self.get("/a")) }
    core.drain()
    gate.open()
    #expect(queued.filter { answers(to: 1, of: $0) == 1 }.count == 100)
    for client in queued + [holder] { client.end() }
    core.waitUntilStopped()
  }

  /// The request arrives after the last look at the poller, here because every look fails.
  @Test func `a first request that the kernel holds when the drain ends its wait is answered`() throws {
    let isInterrupted = Locked(false)
    let system = FailingSystem(hasStoppedClock: true) { call, _ in
      call == .wait && isInterrupted.withLock { $0 } ? .errno(EINTR) : nil
    }
    let (core, port) = try start(system) { _ in }
    let (new, used) = (RawClient(port: port), RawClient(port: port))
    #expect(new.waitUntilRead())
    used.send(Self.get("/used"))
    #expect(used.read(until: " .").contains("/used ."))
    core.drain()
    #expect(used.readToEnd() == "")
    isInterrupted.withLock { $0 = true }
    // It ends the wait that the loop is in.
    used.send("x")
    let waits = system.made(.wait)
    #expect(until { system.made(.wait) > waits + 2 })
    new.send(Self.get("/first"))
    system.pass(milliseconds: HTTPDeadlines().firstRequestWhileDraining)
    #expect(new.read(until: " .").contains("GET /first ."))
    isInterrupted.withLock { $0 = false }
    #expect(new.readToEnd() == "")
    for client in [new, used] { client.end() }
    core.waitUntilStopped()
  }

  /// Requests that wait for their turn are held like answers that wait for a reader.
  @Test func `clients that together pipeline too much are cut`() throws {
    let log = EventLog()
    let gate = Gate()
    let recorder = Recorder(milliseconds: 2, order: Locked([]), gate: gate)
    let (core, port) = try start(FailingSystem { _, _ in nil }, recorder, log) { $0.maxHeldForReaders = 10_000 }
    let clients = (0..<5).map { _ in RawClient(port: port) }
    let holder = RawClient(port: port)
    for client in clients { #expect(client.waitUntilRead()) }
    holder.send(Self.get("/hold"))
    #expect(holder.waitUntilRead())
    for client in clients { client.send(String(repeating: Self.get("/a"), count: 450)) }
    gate.open()
    let answered = clients.map { answers(to: 450, of: $0) }
    #expect(answered.filter { $0 == 450 }.count == 2, "\(answered)")
    #expect(log.all.filter { $0 == "cut stalled-reader" }.count == 3)
    for client in clients + [holder] { client.end() }
    core.drain()
    core.waitUntilStopped()
  }

  @Test func `free memory is returned after a crowd without further events`() throws {
    let system = FailingSystem { _, _ in nil }
    let (core, port) = try start(system) { _ in }
    do {
      let crowd = (0..<300).map { _ in RawClient(port: port) }
      #expect(until { core.statistics.open == crowd.count })
    }
    #expect(until { system.made(.returnMemory) > 0 && core.statistics.open == 0 })
    #expect(system.made(.returnMemory) == 1)
    core.drain()
    core.waitUntilStopped()
  }

  /// Of several that pipeline each gets a batch of answers in turn; where answers take long, one answer.
  @Test(arguments: [(0, 16), (2, 1)]) func `pipelining clients take turns`(milliseconds: UInt32, batch: Int) throws {
    let order = Locked<[Substring]>([])
    let gate = Gate()
    let handler = Recorder(milliseconds: milliseconds, order: order, gate: gate)
    let (core, port) = try start(FailingSystem { _, _ in nil }, handler) { _ in }
    let clients = ["a", "b"].map { ($0, RawClient(port: port)) }
    let holder = RawClient(port: port)
    for (_, client) in clients { #expect(client.waitUntilRead()) }
    holder.send(Self.get("/hold"))
    #expect(holder.waitUntilRead())
    for (name, client) in clients { client.send(String(repeating: Self.get("/\(name)"), count: 64)) }
    gate.open()
    for (_, client) in clients { #expect(answers(to: 64, of: client) == 64) }
    let runs = order.withLock { $0 }.dropFirst().runs.dropLast()
    #expect(runs.max().map { $0 <= batch } == true, "\(runs)")
    for (_, client) in clients { client.end() }
    holder.end()
    core.drain()
    core.waitUntilStopped()
  }

  /// Returns the number of answers to this number of requests.
  private func answers(to count: Int, of client: RawClient) -> Int {
    var answers = 0
    while answers < count, let piece = client.read(), !piece.isEmpty {
      answers += String(decoding: piece, as: UTF8.self).components(of: "HTTP/1.1 204").count
    }
    return answers
  }

  private func start(
    _ system: FailingSystem, _ handler: any HTTPRequestHandler = EchoHandler(), _ observer: EventLog? = nil,
    _ adjust: (inout HTTPServerSettings) -> Void
  ) throws -> (ServerCore<FailingSystem>, UInt16) {
    var settings = HTTPServerSettings()
    settings.loops = 1
    adjust(&settings)
    let core = try ServerCore(settings: settings, handler: handler, observer: observer, system: system)
    return (core, try core.startOnPort())
  }
}

/// Waits until it is cancelled.
private final class CancellableHandler: HTTPRequestHandler {
  enum State {
    case new
    case waiting
    case cancelled
  }

  let state = Locked(State.new)

  func respond(to request: HTTPRequest, on connection: HTTPConnectionInfo) -> Eventual<HTTPResponse> {
    .later { [state] in
      state.withLock { $0 = .waiting }
      try? await Task.sleep(for: .seconds(20))
      if Task.isCancelled { state.withLock { $0 = .cancelled } }
      return HTTPResponse(status: HTTPStatus(200))
    }
  }

  func respond(to error: HTTPError, on connection: HTTPConnectionInfo) -> HTTPResponse {
    HTTPResponse(status: error.status)
  }
}

/// Records the requests and takes its time over each. `/hold` waits at the gate, so that everything sent meanwhile is ready at
/// once afterwards.
private struct Recorder: HTTPRequestHandler {
  let milliseconds: UInt32
  let order: Locked<[Substring]>
  let gate: Gate

  func respond(to request: HTTPRequest, on connection: HTTPConnectionInfo) -> Eventual<HTTPResponse> {
    let text = request.target.text.dropFirst()
    order.withLock { $0.append(text) }
    if text == "hold" { gate.pass() } else { pause(milliseconds: milliseconds) }
    return .now(HTTPResponse(status: HTTPStatus(204)))
  }

  func respond(to error: HTTPError, on connection: HTTPConnectionInfo) -> HTTPResponse {
    HTTPResponse(status: error.status)
  }
}

extension Collection where Element: Equatable {
  /// The lengths of the runs of equal elements.
  fileprivate var runs: [Int] {
    var runs: [Int] = []
    var last: Element?
    for element in self {
      if element == last { runs[runs.count - 1] += 1 } else { runs.append(1) }
      last = element
    }
    return runs
  }
}
