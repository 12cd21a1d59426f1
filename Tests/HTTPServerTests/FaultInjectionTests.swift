import Glibc
import HTTPWire
import System
import Testing

@testable import HTTPServer

/// The same loop as in production over system calls that fail, each of them at each step.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct FaultInjectionTests {
  typealias Call = FailingSystem.Call
  typealias Fault = FailingSystem.Fault

  struct Row: Sendable {
    let call: Call
    let fault: Fault
    /// True if every client gets every answer all the same.
    let isHarmless: Bool
  }

  static let rows =
    [EINTR, ECONNABORTED, EAGAIN, EMFILE, ENFILE, ENOMEM, ENOBUFS, EPROTO].map {
      Row(call: .accept, fault: .errno($0), isHarmless: true)
    }
    + [EINTR, EAGAIN].map { Row(call: .receive, fault: .errno($0), isHarmless: true) }
    + [EINTR, EAGAIN].map { Row(call: .send, fault: .errno($0), isHarmless: true) }
    + [Row(call: .receive, fault: .short, isHarmless: true), Row(call: .send, fault: .short, isHarmless: true)]
    + [ECONNRESET, ETIMEDOUT].map { Row(call: .receive, fault: .errno($0), isHarmless: false) }
    + [EPIPE, ECONNRESET].map { Row(call: .send, fault: .errno($0), isHarmless: false) }
    + [Row(call: .shutDownOutput, fault: .errno(ENOTCONN), isHarmless: false)]
    + [ENOMEM, ENOSPC].map { Row(call: .watch, fault: .errno($0), isHarmless: false) }
    + [Row(call: .wait, fault: .errno(EINTR), isHarmless: true)]

  /// Fails once, at each of the first steps.
  @Test(arguments: rows) func `a call that fails once, at each step`(_ row: Row) throws {
    for step in 0..<6 {
      try scenario(isHarmless: row.isHarmless) { call, index in call == row.call && index == step ? row.fault : nil }
    }
  }

  /// Fails at every second call.
  @Test(arguments: rows.filter { $0.isHarmless }) func `a call that fails every second time`(_ row: Row) throws {
    try scenario(isHarmless: true) { call, index in call == row.call && index % 2 == 0 ? row.fault : nil }
  }

  /// Every call may fail, by a fixed pseudo-random sequence.
  @Test(arguments: 1...20) func `any call may fail at any time`(seed: UInt64) throws {
    try scenario(isHarmless: false) { call, index in
      var state =
        seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(index) &* 0xBF58_476D_1CE4_E5B9 &+ UInt64(call.rawValue.utf8.count)
      state = (state ^ (state >> 30)) &* 0x94D0_49BB_1331_11EB
      guard index < 60, (state >> 20) % 4 == 0 else { return nil }
      let candidates = Self.rows.filter { $0.call == call }
      return candidates[Int((state >> 32) % UInt64(candidates.count))].fault
    }
  }

  /// Pipelined requests, one that suspends, a body in pieces, then a broken request; afterwards a client that must be served.
  private func scenario(isHarmless: Bool, _ plan: @escaping @Sendable (Call, Int) -> Fault?) throws {
    let system = FailingSystem(plan: plan)
    var settings = HTTPServerSettings()
    settings.loops = 1
    settings.deadlines.drain = 2000
    let core = try ServerCore(settings: settings, handler: EchoHandler(), observer: nil, system: system)
    let port = try core.startOnPort()
    do {
      let client = RawClient(port: port)
      // Always with a request begun: when descriptors run out, the server may close a connection that waits for one.
      client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\nGET /slow/b/2 HTTP/1.1\r\nHost: h\r\n\r\nPOST /c HTTP/1.1\r\n")
      client.send("Host: h\r\nContent-Length: 6\r\n\r\nabc")
      client.send("defGET /d HTTP/1.1\r\nHost : h\r\n\r\nGET /never HTTP/1.1\r\nHost: h\r\n\r\n")
      let answer = client.readToEnd() ?? "no end"
      #expect(!answer.contains("GET /never") && answer != "no end")
      if isHarmless {
        for part in ["GET /a .", "GET /slow/b/2 .", "POST /c abcdef.", "HTTP/1.1 400 "] {
          #expect(answer.contains(part), "\(answer)")
        }
      }
    }
    let survivor = (0..<70).contains { _ in
      let client = RawClient(port: port)
      client.send("GET /still HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
      return client.readToEnd()?.contains("GET /still .") == true
    }
    #expect(survivor)
    core.drain()
    core.waitUntilStopped()
    #expect(system.open == 0 && !system.closedTwice)
    #expect(core.statistics.open == 0)
  }

  @Test func `evicts no connection without descriptors while none waits in the queue`() throws {
    let system = FailingSystem { call, index in call == .accept && index > 0 ? .errno(EMFILE) : nil }
    var settings = HTTPServerSettings()
    settings.loops = 1
    let core = try ServerCore(settings: settings, handler: EchoHandler(), observer: nil, system: system)
    let client = RawClient(port: try core.startOnPort())
    client.send("GET /a HTTP/1.1\r\nHo")
    while system.made(.accept) < 2 { usleep(1000) }
    client.send("st: h\r\nConnection: close\r\n\r\n")
    #expect(client.readToEnd()?.contains("GET /a .") == true)
    core.drain()
    core.waitUntilStopped()
  }

  /// Without descriptors the loop pauses instead of spinning, and recovers by itself.
  @Test(arguments: [EMFILE, ENFILE, ENOMEM]) func `pauses without descriptors`(errno: Int32) throws {
    let system = FailingSystem { call, index in call == .accept && index < 4 ? .errno(errno) : nil }
    var settings = HTTPServerSettings()
    settings.loops = 1
    let core = try ServerCore(settings: settings, handler: EchoHandler(), observer: nil, system: system)
    let client = RawClient(port: try core.startOnPort())
    client.send("GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
    let start = system.now()
    #expect(client.readToEnd()?.contains("GET /a .") == true)
    #expect(start.milliseconds(until: system.now()) >= 300)
    #expect(core.statistics.acceptPauses == 4)
    #expect(system.made(.wait) < 20)
    core.drain()
    core.waitUntilStopped()
  }
}
