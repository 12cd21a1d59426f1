import HTTPWire
import Testing

@testable import HTTPServer

/// The life of a connection without sockets, over a clock moved by hand.
struct ConnectionMachineTests {
  static let get = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n"
  static let last = "GET /z HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
  static let post = "POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n"
  static let expecting = "POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n"
  static let broken = "GET /b HTTP/1.1\r\nHost : h\r\n\r\n"

  /// The input, and the machine's actions until it waits.
  struct Row: CustomTestStringConvertible, Sendable {
    let name: String
    let pieces: [String]
    let log: [String]
    var ends = false
    var testDescription: String { name }

    init(_ name: String, _ pieces: [String], ends: Bool = false, _ log: [String]) {
      (self.name, self.pieces, self.ends, self.log) = (name, pieces, ends, log)
    }
  }

  static let rows = [
    Row("one request", [get], ["respond /a", "write", "read"]),
    Row("in two pieces", [String(get.prefix(9)), String(get.dropFirst(9))], ["read", "respond /a", "write", "read"]),
    Row(
      "pipelined requests leave in one write", [get + get + get],
      ["respond /a", "respond /a", "respond /a", "write", "read"]),
    Row("close asked for", [last + get], ["respond /z", "write", "shutDown", "read"]),
    Row(
      "what follows a close is discarded", [last, get, get],
      ["respond /z", "write", "shutDown", "read", "read", "read"]),
    Row("HTTP/1.0 closes", ["GET /o HTTP/1.0\r\n\r\n"], ["respond /o", "write", "shutDown", "read"]),
    Row("HTTP/1.0 kept", ["GET /o HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"], ["respond /o", "write", "read"]),
    Row("broken request lingers", [broken + get], ["reject 400", "write", "shutDown", "read"]),
    Row(
      "answers before a broken request stay", [get + broken + get],
      ["respond /a", "reject 400", "write", "shutDown", "read"]),
    Row("half-closed client is answered", [get], ends: true, ["respond /a", "write", "read", "close"]),
    Row("cut off in the head", ["GET /a HT"], ends: true, ["read", "reject 400", "write", "close"]),
    Row("cut off in the body", [post + "abc"], ends: true, ["authorise /p", "read", "reject 400", "write", "close"]),
    Row("never a byte", [], ends: true, ["close"]),
    Row(
      "100 when the body is awaited", [expecting, "12345"],
      ["authorise /p", "write", "read", "respond /p", "write", "read"]),
    Row(
      "no 100 when the body has come", [expecting + "1", "2345"],
      ["authorise /p", "read", "respond /p", "write", "read"]),
    Row(
      "no 100 when refused",
      ["POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999\r\nExpect: 100-continue\r\n\r\n"],
      ["reject 413", "write", "shutDown", "read"]),
  ]

  @Test(arguments: rows) func `a connection does what the row says`(_ row: Row) {
    let driver = MachineDriver()
    for piece in row.pieces { driver.receive(piece) }
    if row.ends { driver.end() }
    #expect(driver.log == row.log)
    #expect(driver.wire.contains("100 Continue") == row.name.hasPrefix("100"))
    let closes = row.log.contains("shutDown") || row.log.contains { $0.hasPrefix("reject") }
    #expect(driver.wire.components(of: "Connection: close").count == (closes ? 1 : 0))
  }

  /// Each row again byte by byte: the same requests, refusals and end.
  @Test(arguments: rows.filter { $0.name != "no 100 when the body has come" })
  func `a connection fed byte by byte does what the row says`(_ row: Row) {
    let driver = MachineDriver()
    for byte in row.pieces.joined() { driver.receive(String(byte)) }
    if row.ends { driver.end() }
    let matter: (String) -> Bool = { !["read", "write", "wait"].contains($0) }
    #expect(driver.log.filter(matter) == row.log.filter(matter))
  }

  @Test func `reads nothing while a request is in progress`() {
    let driver = MachineDriver()
    driver.holdsAnswers = true
    driver.receive(Self.get + Self.get)
    #expect(driver.log == ["respond /a", "wait"])
    #expect(!driver.needsInput)
    #expect(driver.wait == nil)
    driver.answer()
    #expect(driver.log.dropFirst(2) == ["respond /a", "write", "wait"])
    driver.answer()
    #expect(driver.needsInput)
  }

  @Test(arguments: 1...7) func `writes after the maximum number of unsent responses`(requests: Int) {
    let driver = MachineDriver { $0.maxPipelined = 2 }
    driver.receive(String(repeating: Self.get, count: requests))
    #expect(driver.log.filter { $0 == "write" }.count == (requests + 1) / 2)
    #expect(driver.bodies.count == requests)
  }

  @Test func `stops reading a client that does not read`() {
    let driver = MachineDriver { $0.maxHeldOutput = 200 }
    driver.room = 10
    driver.receive(String(repeating: Self.get, count: 1000))
    #expect(driver.log.last == "wait")
    #expect(driver.log.filter { $0.hasPrefix("respond") }.count <= 4)
    #expect(!driver.needsInput)
    #expect(driver.output.count < 200 + 120)
    driver.evictOne(.max)
    #expect(driver.bodies.count == 1000)
    #expect(driver.needsInput)
  }

  @Test func `a postponed client is not read and has no deadline`() {
    let driver = MachineDriver { $0.maxPipelined = 1 }
    driver.machine.received(Array((Self.get + Self.get).utf8).span)
    guard case .respond = driver.machine.next(at: driver.now) else { return #expect(Bool(false)) }
    driver.machine.answer(HTTPResponse(status: HTTPStatus(200)), date: [])
    #expect(!driver.hasOnlyBufferedInput)
    driver.machine.wrote(driver.machine.output.count)
    #expect(driver.hasOnlyBufferedInput && driver.needsInput)
    driver.machine.postponed(at: driver.now)
    #expect(!driver.needsInput && driver.wait?.kind == .turn)
    #expect(driver.pass(milliseconds: 3_600_000) == nil)
    #expect(driver.heldForReader.own == Self.get.utf8.count)
    driver.run()
    #expect(driver.log == ["respond /a", "write", "read"])
    #expect(!driver.hasOnlyBufferedInput && driver.needsInput && driver.isIdle)
  }

  @Test func `a stalled reader keeps no more than its output`() {
    let driver = MachineDriver()
    var lent = [UInt8]()
    lent.reserveCapacity(100_000)
    driver.machine.borrow(&lent)
    #expect(lent.capacity == 0)
    driver.room = 10
    driver.receive(Self.get)
    let pending = driver.machine.output.waiting
    driver.machine.giveBack(&lent)
    #expect(lent.isEmpty && lent.capacity >= 100_000)
    #expect(driver.output.waiting == pending)
    #expect(driver.heldForReader == HeldOutput.Part(own: pending.count))
    driver.evictOne(.max)
    #expect(driver.bodies == ["GET /a"])
    #expect(driver.heldForReader == .nothing)
  }

  /// RFC 9110 section 10.1.1: whoever has ended its side sends no content any more.
  @Test func `no 100 is sent after the end of input`() {
    let driver = MachineDriver()
    driver.machine.received(Array(Self.expecting.utf8).span)
    driver.end()
    #expect(driver.log == ["reject 400", "write", "close"])
    #expect(driver.wire.hasPrefix("HTTP/1.1 400 "))
  }

  @Test(arguments: [0, 1, 2]) func `a batch past its deadline ends early`(hurriedAfter: Int) {
    let driver = MachineDriver()
    driver.machine.received(Array(String(repeating: Self.get, count: 3).utf8).span)
    var answered = 0
    loop: while true {
      switch driver.machine.next(at: driver.now) {
      case .respond:
        driver.machine.answer(HTTPResponse(status: HTTPStatus(200)), date: [])
        if answered == hurriedAfter { driver.machine.endBatch() }
        answered += 1
      default: break loop
      }
    }
    #expect(answered == hurriedAfter + 1)
    driver.run()
    #expect(driver.isIdle && driver.log.filter { $0.hasPrefix("respond") }.count == 2 - hurriedAfter)
  }

  @Test(arguments: [(1, true), (2, true), (3, false)]) func `closes after the maximum number of requests`(
    count: Int, isOpen: Bool
  ) {
    let driver = MachineDriver { $0.maxRequestsPerConnection = 3 }
    driver.receive(String(repeating: Self.get, count: count + (isOpen ? 0 : 2)))
    #expect(driver.bodies.count == count)
    #expect(driver.wire.contains("Connection: close") != isOpen)
  }

  @Test(arguments: [(999, "read"), (1000, "read"), (1001, "close")])
  func `discards at most the configured number of bytes`(count: Int, end: String) {
    let driver = MachineDriver { $0.maxDiscarded = 1000 }
    driver.receive(Self.last)
    driver.receive(String(repeating: "x", count: count))
    #expect(driver.log.last == end)
  }

  @Test func `drains after the request in progress`() {
    let idle = MachineDriver()
    idle.drain()
    #expect(idle.log == ["close"])

    let half = MachineDriver()
    half.receive(String(Self.get.prefix(20)))
    half.drain()
    half.receive(String(Self.get.dropFirst(20)) + Self.get)
    #expect(half.bodies == ["GET /a"] && half.wire.contains("Connection: close"))

    let busy = MachineDriver()
    busy.holdsAnswers = true
    busy.receive(Self.get + Self.get)
    busy.drain()
    busy.answer()
    #expect(busy.bodies == ["late"] && busy.wire.contains("Connection: close"))
    #expect(busy.log.last == "read" && busy.wait?.kind == .lingering)
  }

  @Test func `content is only read once the handler accepts the head`() {
    let driver = MachineDriver()
    driver.receive("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nab")
    #expect(driver.log == ["authorise /p", "read"])
    driver.receive("cde")
    #expect(driver.bodies == ["POST /p 5"] && driver.log.filter { $0.hasPrefix("authorise") }.count == 1)
  }

  @Test func `a request that is there completely is not authorised by its head`() {
    let driver = MachineDriver()
    driver.rejection = HTTPResponse(status: HTTPStatus(401))
    driver.receive("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nabcde")
    #expect(driver.bodies == ["POST /p 5"])
  }

  @Test(arguments: [
    "POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nab", expecting,
    "POST /p HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab",
  ])
  func `a refused head is answered before its content, and the connection closes`(text: String) {
    let driver = MachineDriver()
    driver.rejection = HTTPResponse(status: HTTPStatus(401), body: Array("[no]".utf8))
    driver.receive(text)
    #expect(driver.wire.hasPrefix("HTTP/1.1 401 ") && driver.wire.contains("Connection: close"))
    #expect(driver.bodies == ["no"] && driver.log.suffix(2) == ["shutDown", "read"])
    driver.receive("cde" + Self.get)
    #expect(driver.bodies == ["no"])
  }

  @Test func `a response after the end is dropped`() {
    let driver = MachineDriver()
    driver.holdsAnswers = true
    driver.receive(Self.get)
    driver.machine.close()
    driver.answer()
    #expect(driver.wire.isEmpty && driver.log.last == "close")
  }

  @Test(
    arguments: [
      ("HEAD /h HTTP/1.1\r\nHost : h\r\n\r\n", true), ("HEAD /%zz HTTP/1.1\r\nHost: h\r\n\r\n", true),
      ("HEAD /h HTTP/2.0\r\n\r\n", true),
      ("HEAD /h HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", true),
      ("GET /h HTTP/1.1\r\nHost : h\r\n\r\n", false), ("head /h HTTP/1.1\r\nHost : h\r\n\r\n", false),
      ("HEAD\r\n\r\n", false),
      ("HEAD /h HTTP/1.1\r\nHost: h\r\n\r\nGET /h HTTP/1.1\r\nHost : h\r\n\r\n", false),
      ("GET /h HTTP/1.1\r\nHost: h\r\n\r\nHEAD /h HTTP/1.1\r\nHost : h\r\n\r\n", true),
    ])
  func `the response to a refused HEAD has a length and no content`(text: String, isHead: Bool) {
    let driver = MachineDriver()
    driver.errorBody = "[fault]"
    driver.receive(text)
    #expect(driver.wire.contains("Content-Length: 7\r\n"))
    #expect(driver.wire.hasSuffix(isHead ? "\r\n\r\n" : "\r\n\r\n[fault]"))
  }

  @Test func `head answers have no body and the next do`() {
    let driver = MachineDriver()
    driver.receive("HEAD /h HTTP/1.1\r\nHost: h\r\n\r\n" + Self.get)
    #expect(driver.bodies == ["GET /a"])
    #expect(driver.wire.contains("Content-Length: 9\r\n"))
  }
}
