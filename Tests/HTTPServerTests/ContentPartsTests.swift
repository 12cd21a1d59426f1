import HTTPWire
import Synchronization
import System
import Testing

@testable import HTTPServer

/// Responses whose content is made in parts: the machine without a socket, and the server with one.
@Suite(.timeLimit(.minutes(10)))
struct ContentPartsTests {
  private static let parted = "GET /p HTTP/1.1\r\nHost: h\r\n\r\n"

  /// A machine with a request that waits for its response.
  private static func driver(_ request: String = parted) -> MachineDriver {
    let driver = MachineDriver()
    driver.holdsAnswers = true
    driver.receive(request)
    driver.log = []
    return driver
  }

  @Test func `a part is made once the one before it is sent`() {
    let driver = Self.driver(Self.parted + ConnectionMachineTests.get)
    driver.answer(beginningWith: "abc")
    #expect(driver.log == ["write", "make", "wait"])
    #expect(
      driver.wire.hasSuffix("Transfer-Encoding: chunked\r\n\r\n3\r\nabc") && !driver.wire.contains("Content-Length"))
    driver.append("", isLast: false)
    driver.append("0123456789abcdefg", isLast: false)
    driver.append("z", isLast: true)
    #expect(driver.wire.hasSuffix("3\r\nabc\r\n11\r\n0123456789abcdefg\r\n1\r\nz\r\n0\r\n\r\n"))
    // The next request is read after the end, not before.
    #expect(
      driver.log == ["write", "make", "wait", "make", "wait", "write", "make", "wait", "respond /a", "write", "wait"])
  }

  @Test func `a client that does not read stops the making, and has the deadline of a reader`() {
    let driver = Self.driver()
    driver.room = 0
    driver.answer(beginningWith: "abc")
    #expect(driver.log == ["wait"] && driver.wait?.kind == .reader && driver.heldForReader.own > 3)
    #expect(driver.pass(milliseconds: 60_000) == .stalledReader)
  }

  @Test(arguments: ["HTTP/1.0", "HTTP/1.0\r\nConnection: keep-alive"])
  func `the content of HTTP/1.0 ends with the connection`(version: String) {
    let driver = Self.driver("GET /p \(version)\r\n\r\n")
    driver.answer(beginningWith: "abc")
    driver.append("def", isLast: true)
    #expect(driver.wire.hasSuffix("Connection: close\r\n\r\nabcdef") && !driver.wire.contains("chunked"))
    #expect(driver.log.suffix(2) == ["shutDown", "read"])
  }

  @Test func `HEAD has the head only`() {
    let driver = Self.driver("HEAD /p HTTP/1.1\r\nHost: h\r\n\r\n")
    driver.answer(beginningWith: "abc")
    #expect(driver.wire.hasSuffix("Transfer-Encoding: chunked\r\n\r\n") && driver.log == ["write", "read"])
  }

  @Test func `a drain lets the content end, and the connection with it`() {
    let driver = Self.driver()
    driver.answer(beginningWith: "abc")
    driver.drain()
    #expect(driver.log.last == "wait")
    driver.append("def", isLast: true)
    #expect(driver.wire.hasSuffix("def\r\n0\r\n\r\n") && driver.log.suffix(2) == ["shutDown", "read"])
  }

  @Test func `a part for a connection that has ended is dropped`() {
    let driver = Self.driver()
    driver.answer(beginningWith: "abc")
    driver.machine.close()
    driver.append("def", isLast: true)
    #expect(driver.wire.hasSuffix("abc") && driver.log.last == "close")
  }

  @Test(arguments: [1, 100, 100_000], [2, 3, 40]) func `the parts arrive in order`(length: Int, count: Int) async throws
  {
    let maker = PartsHandler(length: length, count: count)
    try await withServer(handler: maker) { _, port in
      let client = RawClient(port: port)
      client.send(Self.parted + "GET /p HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
      let messages = try #require(client.readToEnd()).components(of: "HTTP/1.1 200 OK\r\n")
      let content = try messages.map { try #require(Self.dechunked($0)) }
      #expect(content.map(\.count) == [length * count, length * count])
      #expect(content.allSatisfy { $0 == maker.content })
    }
  }

  @Test func `a content that cannot be completed ends with a reset`() async throws {
    let log = EventLog()
    try await withServer(handler: PartsHandler(length: 10, count: 2, fails: true), observer: log) { server, port in
      let client = RawClient(port: port)
      client.send("GET /p HTTP/1.0\r\n\r\n")
      #expect(client.readToEnd()?.hasSuffix("aaaaaaaaaa") == true && client.wasReset)
      #expect(server.statistics.cuts[.contentFailed] == 1)
      #expect(log.all == ["failed notMade", "cut content-failed"])
    }
  }

  @Test func `the server makes no parts for a client that does not read`() async throws {
    let maker = PartsHandler(length: 1_000_000, count: 1000)
    try await withServer({ $0.deadlines.ratePeriod = 100 }, handler: maker) { server, port in
      let client = RawClient(port: port)
      client.send(Self.parted)
      #expect(until { server.statistics.cuts[.stalledReader] == 1 })
      // The kernel's buffers take several megabytes.
      #expect(maker.made < 100)
    }
  }

  /// The content of a message with chunks; nil if its framing is wrong or it is not complete.
  private static func dechunked(_ message: String) -> String? {
    guard let head = message.firstRange(of: "\r\n\r\n") else { return nil }
    var (rest, content) = (message[head.upperBound...], "")
    while let end = rest.firstRange(of: "\r\n"), let length = Int(rest[..<end.lowerBound], radix: 16) {
      let chunk = rest[end.upperBound...].prefix(length)
      rest = rest[end.upperBound...].dropFirst(length)
      guard chunk.count == length, rest.hasPrefix("\r\n") else { return nil }
      if length == 0 { return content }
      content += chunk
      rest = rest.dropFirst(1)
    }
    return nil
  }
}

/// Responds with a content in parts, each of one letter, made on another thread.
private final class PartsHandler: HTTPRequestHandler {
  struct NotMade: Error, CustomStringConvertible {
    var description: String { "notMade" }
  }

  let length: Int
  let count: Int
  let fails: Bool
  private let counter = Atomic(0)

  init(length: Int, count: Int, fails: Bool = false) {
    (self.length, self.count, self.fails) = (length, count, fails)
  }

  /// The number of parts that were made.
  var made: Int { counter.load(ordering: .relaxed) }

  var content: String { (0..<count).map { String(decoding: bytes($0), as: UTF8.self) }.joined() }

  func respond(to request: HTTPRequest, on connection: HTTPConnectionInfo) -> Eventual<HTTPResponse> {
    let first = part(0)
    return .now(HTTPResponse(status: HTTPStatus(200), body: first.bytes, next: first.next))
  }

  func respond(to error: HTTPError, on connection: HTTPConnectionInfo) -> HTTPResponse {
    HTTPResponse(status: error.status)
  }

  private func bytes(_ index: Int) -> [UInt8] {
    [UInt8](repeating: UInt8(ascii: "a") + UInt8(index % 26), count: length)
  }

  private func part(_ index: Int) -> HTTPContentPart {
    counter.add(1, ordering: .relaxed)
    guard index + 1 < count else { return HTTPContentPart(bytes(index), next: nil) }
    return HTTPContentPart(bytes(index)) { [self] in
      await withCheckedContinuation { continuation in
        do throws(SystemError) { try SystemThread.detach { continuation.resume() } } catch { continuation.resume() }
      }
      if fails { throw NotMade() }
      return part(index + 1)
    }
  }
}
