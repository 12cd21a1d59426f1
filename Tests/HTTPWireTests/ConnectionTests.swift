import Testing

@testable import HTTPWire

/// The head's effect on the connection (RFC 9112 section 9.3, RFC 9110 section 10.1.1), and the
/// parser's state.
@Suite struct ConnectionTests {
  private static func head(_ version: String, _ fields: String = "", _ body: String = "") -> String {
    "GET / HTTP/\(version)\r\nHost: h\r\n\(fields)\r\n\(body)"
  }

  @Test(
    arguments: [
      ("1.1", "", true), ("1.1", "close", false), ("1.1", "CLOSE", false), ("1.1", "Close", false),
      ("1.1", "keep-alive", true), ("1.1", "keep-alive, close", false),
      ("1.1", "close, keep-alive", false), ("1.1", "x,close", false), ("1.1", " , ,close,", false),
      ("1.1", "x close", true), ("1.1", "closed", true), ("1.1", "upgrade", true), ("1.1", "\"close\"", true),
      ("1.0", "", false), ("1.0", "keep-alive", true), ("1.0", "Keep-Alive", true), ("1.0", "KEEP-ALIVE", true),
      ("1.0", "te, keep-alive", true), ("1.0", "keep-alive, close", false), ("1.0", "close", false),
      ("1.0", "keepalive", false), ("1.0", "x", false), ("1.9", "", true), ("1.9", "close", false),
    ])
  func `version and Connection decide whether the connection is kept`(
    _ version: String, _ connection: String, _ keeps: Bool
  ) {
    for fields in ["Connection: \(connection)\r\n", "Connection: x\r\nCONNECTION:\(connection)\r\n"] {
      #expect(Self.firstHead(Self.head(version, fields))?.keepAlive == keeps)
    }
  }

  @Test(
    arguments: [
      ("100-continue", true), ("100-Continue", true), ("100-CONTINUE", true), ("", false), (" 100-continue\t", true),
      (",100-continue,", true), ("100-continue, 100-continue", true),
    ])
  func `100-continue is recognised`(_ value: String, _ expects: Bool) {
    let fields = "Expect: \(value)\r\nContent-Length: 1\r\n"
    #expect(Self.firstHead(Self.head("1.1", fields, "x"))?.expectsContinue == expects)
    #expect(Self.firstHead(Self.head("1.1", fields))?.expectsContinue == expects)
    #expect(Self.firstHead(Self.head("1.0", fields, "x"))?.expectsContinue == false)
    #expect(Self.firstHead(Self.head("1.1", "Expect: \(value)\r\n"))?.expectsContinue == false)
  }

  @Test(arguments: [
    "x", "100-continu", "100-continue, x", "x, 100-continue", "100-continue;a=b", "200-ok", "\"100-continue\"",
    "100 continue", "100-continue x",
  ])
  func `another expectation is rejected with 417`(_ value: String) {
    expectSample(WireSample(417, Self.head("1.1", "Expect: \(value)\r\nContent-Length: 1\r\n", "x")))
    expectSample(WireSample(417, Self.head("1.1", "Expect: 100-continue\r\nExpect: \(value)\r\n")))
    expectSample(WireSample(417, Self.head("1.0", "Expect: \(value)\r\n")))
  }

  @Test func `errors are reported in a fixed order`() {
    expectSample(WireSample(400, Self.head("1.1", "Expect: x\r\nContent-Length: x\r\n")))
    expectSample(WireSample(400, Self.head("1.1", "Host: i\r\nContent-Length: 999999\r\n")))
    expectSample(WireSample(417, Self.head("1.1", "Expect: x\r\nContent-Length: 999999\r\n")))
    expectSample(WireSample(413, Self.head("1.1", "Expect: 100-continue\r\nContent-Length: 999999\r\n")))
  }

  @Test func `a message with content has one head event`() {
    let post = Array("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nabGET / HTTP/1.1\r\nHost: h\r\n\r\n".utf8)
    for piece in [1, 5, Int.max] {
      var transcript = Transcript()
      transcript.feed(post, piece: piece)
      let kinds = transcript.events.map { event in
        if case .head(let head) = event { "\(head.bodyLength)" } else { "request" }
      }
      #expect(kinds == ["length(2)", "request", "request"])
    }
  }

  @Test func `the parser knows what it waits for`() {
    var transcript = Transcript()
    func check(_ text: String, mid: Bool, body: Bool, buffered: Int) {
      transcript.feed(Array(text.utf8))
      #expect(transcript.isMidMessage == mid && transcript.isReadingBody == body, "after \(text.debugDescription)")
      #expect(transcript.bufferedCount == buffered, "after \(text.debugDescription)")
    }
    check("", mid: false, body: false, buffered: 0)
    check("\r\n\r", mid: false, body: false, buffered: 1)
    check("\nP", mid: true, body: false, buffered: 1)
    check("OST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r", mid: true, body: false, buffered: 46)
    check("\n", mid: true, body: true, buffered: 0)
    check("ab", mid: true, body: true, buffered: 2)
    check("c", mid: false, body: false, buffered: 0)
    check("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n", mid: true, body: true, buffered: 0)
    check("1\r\nx\r\n0\r\n", mid: true, body: true, buffered: 0)
    check("\r\n", mid: false, body: false, buffered: 0)
    check("bad\r\nmore", mid: false, body: false, buffered: 0)
    check("GET / HTTP/1.1\r\nHost: h\r\n\r\n", mid: false, body: false, buffered: 0)
    #expect(transcript.lines.last == "fault 400")
  }

  @Test(
    arguments: [
      ("", []), ("\r\n", []), ("\r", []), ("G", ["fault 400"]), ("GET / HTTP/1.1\r\nHost: h\r\n\r", ["fault 400"]),
      ("GET / HTTP/1.1\r\nHost: h\r\n\r\n", ["GET /"]),
      ("GET / HTTP/1.1\r\nHost: h\r\n\r\nGET", ["GET /", "fault 400"]),
      ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\na", ["fault 400"]),
      ("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r", ["fault 400"]),
    ])
  func `the end of input inside a message is an error`(_ text: String, _ expected: [String]) {
    var transcript = Transcript()
    transcript.feed(Array(text.utf8))
    transcript.end()
    #expect(transcript.lines == expected)
  }

  @Test func `requests that wait survive the end of input`() throws {
    var parser = HTTPRequestParser(limits: HTTPLimits())
    let two = Array("GET /a HTTP/1.1\r\nHost: h\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\nGET".utf8)
    parser.receive(two.span)
    try parser.receiveEnd()
    #expect(try parser.next() != nil)
    #expect(try parser.next() != nil)
    #expect(throws: HTTPError.self) { try parser.next() }
    #expect(throws: HTTPError.self) { try parser.next() }
  }

  private static func firstHead(_ text: String) -> HTTPRequestHead? {
    var transcript = Transcript()
    transcript.feed(WireSample(text).bytes)
    switch transcript.events.first {
    case .head(let head), .request(_, let head): return head
    case nil: return nil
    }
  }
}
