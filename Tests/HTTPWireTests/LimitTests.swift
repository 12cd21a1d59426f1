import Testing

@testable import HTTPWire

/// Every limit, at it and one past it.
@Suite struct LimitTests {
  private static var limits: HTTPLimits {
    var limits = HTTPLimits()
    (limits.head, limits.target, limits.headerLines, limits.body, limits.trailers) = (200, 40, 5, 20, 30)
    return limits
  }

  private static func path(_ length: Int) -> String { "/" + String(repeating: "a", count: length - 1) }
  private static func post(_ body: String) -> String {
    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n\(body)"
  }

  @Test func `a target beyond the limit is rejected with 414`() {
    let end = " HTTP/1.1\r\nHost: h\r\n\r\n"
    expectSample(WireSample("GET \(Self.path(40))\(end)", "GET \(Self.path(40))"), limits: Self.limits)
    expectSample(WireSample(414, "GET \(Self.path(41))\(end)"), limits: Self.limits)
    expectSample(WireSample(414, "GET \(Self.path(41))"), limits: Self.limits)
    expectSample(WireSample(400, "GET /\u{1}\(Self.path(41))"), limits: Self.limits)
    expectSample(WireSample("GET \(Self.path(8000))\(end)", "GET \(Self.path(8000))"))
    expectSample(WireSample(414, "GET \(Self.path(8001))\(end)"))
  }

  @Test func `a head beyond the limit is rejected with 431`() {
    let start = "GET / HTTP/1.1\r\nHost: h\r\nA: "
    func value(_ length: Int) -> String { String(repeating: "b", count: length - start.utf8.count - 4) }
    for limit in [200, 16_384] {
      var limits = Self.limits
      limits.head = limit
      expectSample(WireSample("\(start)\(value(limit))\r\n\r\n", "GET / A=\(value(limit))"), limits: limits)
      expectSample(WireSample(431, "\(start)\(value(limit + 1))\r\n\r\n"), limits: limits)
      expectSample(WireSample(431, "\(start)\(value(limit + 5))"), limits: limits)
      expectSample(WireSample(431, "\(start)\(value(limit + 4))\u{1}"), limits: limits)
      expectSample(WireSample(400, "\(start)\(value(limit + 3))\u{1}"), limits: limits)
    }
  }

  @Test func `empty lines before a request do not count as its head`() {
    let start = "GET / HTTP/1.1\r\nHost: h\r\nA: "
    let value = String(repeating: "b", count: 200 - start.utf8.count - 4)
    expectSample(WireSample("\r\n\r\n\(start)\(value)\r\n\r\n", "GET / A=\(value)"), limits: Self.limits)
  }

  @Test func `too many field lines are rejected with 431`() {
    func head(_ lines: Int) -> String {
      "GET / HTTP/1.1\r\nHost: h\r\n" + String(repeating: "A: b\r\n", count: lines - 1) + "\r\n"
    }
    expectSample(WireSample(head(5), "GET / A=b A=b A=b A=b"), limits: Self.limits)
    expectSample(WireSample(431, head(6)), limits: Self.limits)
    #expect(Transcript.of(Array(head(100).utf8)).first?.hasPrefix("GET /") == true)
    expectSample(WireSample(431, head(101)))
  }

  @Test func `a field line beyond the limit is rejected with 431`() {
    func head(_ length: Int, _ end: String = "\r\n\r\n") -> String {
      "GET / HTTP/1.1\r\nHost: h\r\nA: \(String(repeating: "b", count: length - 3))\(end)"
    }
    var limits = Self.limits
    limits.headerLine = 50
    expectSample(WireSample(head(50), "GET / A=" + String(repeating: "b", count: 47)), limits: limits)
    expectSample(WireSample(431, head(51)), limits: limits)
    expectSample(WireSample(431, head(53, "")), limits: limits)
    expectSample(WireSample(400, head(51, "\u{1}")), limits: limits)
    expectSample(WireSample(431, head(60) + "\u{1}"), limits: limits)
    expectSample(
      WireSample(
        "GET / HTTP/1.1\r\nHost: h\r\n" + String(repeating: "A: \(String(repeating: "b", count: 40))\r\n", count: 3)
          + "\r\n",
        "GET / " + [String](repeating: "A=" + String(repeating: "b", count: 40), count: 3).joined(separator: " ")),
      limits: limits)
  }

  @Test(arguments: [
    ("GET /" + String(repeating: "a", count: 40), "The request-target has more than 40 bytes."),
    ("GET / HTTP/1.1\r\nA: " + String(repeating: "b", count: 200), "The request head has more than 200 bytes."),
    ("GET / HTTP/1.1\r\n" + String(repeating: "A: b\r\n", count: 6), "The request has more than 5 header lines."),
    ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 21\r\n\r\n", "The content has more than 20 bytes."),
    (post("15\r\n"), "The content has more than 20 bytes."),
  ]) func `the error names the limit`(text: String, reason: String) throws {
    var parser = HTTPRequestParser(limits: Self.limits)
    parser.receive(Array(text.utf8).span)
    let fault = #expect(throws: HTTPError.self) { while try parser.next() != nil {} }
    #expect(fault?.reason == reason)
  }

  @Test func `a declared body beyond the limit is rejected with 413`() {
    func post(_ length: Int) -> String {
      "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: \(length)\r\n\r\n" + String(repeating: "x", count: length)
    }
    expectSample(
      WireSample(post(20), "POST / Content-Length=20 body=" + String(repeating: "x", count: 20)), limits: Self.limits)
    expectSample(WireSample(413, post(21)), limits: Self.limits)
    expectSample(WireSample(413, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 21\r\n\r\n"), limits: Self.limits)
    #expect(Transcript.of(Array(post(65_536).utf8)).count == 1)
    expectSample(WireSample(413, post(65_537)))
  }

  @Test func `a chunked body beyond the limit is rejected with 413`() {
    let ten = "a\r\n0123456789\r\n"
    let content = "01234567890123456789"
    expectSample(
      WireSample(Self.post("\(ten)\(ten)0\r\n\r\n"), "POST / Transfer-Encoding=chunked body=\(content)"),
      limits: Self.limits)
    expectSample(WireSample(413, Self.post("\(ten)\(ten)1\r\n")), limits: Self.limits)
    expectSample(WireSample(413, Self.post("\(ten)b\r\n")), limits: Self.limits)
    expectSample(WireSample(413, Self.post("15\r\n")), limits: Self.limits)
  }

  @Test func `long chunk extensions are rejected`() {
    func body(_ length: Int) -> String {
      "1;" + String(repeating: "a", count: length - 12) + "\r\nx\r\n0;123456789\r\n\r\n"
    }
    expectSample(WireSample(Self.post(body(31)), "POST / Transfer-Encoding=chunked body=x"), limits: Self.limits)
    expectSample(WireSample(400, Self.post(body(32))), limits: Self.limits)
    expectSample(WireSample(400, Self.post("1;" + String(repeating: "a", count: 100))), limits: Self.limits)
  }

  @Test func `trailers beyond the limit are rejected`() {
    func body(_ length: Int) -> String { "0\r\nA: " + String(repeating: "b", count: length - 7) + "\r\n\r\n" }
    expectSample(WireSample(Self.post(body(30)), "POST / Transfer-Encoding=chunked body="), limits: Self.limits)
    expectSample(WireSample(431, Self.post(body(31))), limits: Self.limits)
    expectSample(WireSample(431, Self.post("0\r\nA: " + String(repeating: "b", count: 40))), limits: Self.limits)
    var limits = Self.limits
    limits.trailers = 100
    expectSample(
      WireSample(
        Self.post("0\r\n" + String(repeating: "A:\r\n", count: 5) + "\r\n"), "POST / Transfer-Encoding=chunked body="),
      limits: limits)
    expectSample(WireSample(431, Self.post("0\r\n" + String(repeating: "A:\r\n", count: 6) + "\r\n")), limits: limits)
  }

  /// Nothing may cost more than linear time: ten times the bytes one by one take about ten times as long, where looking
  /// at a head again for each byte would take a hundred times.
  @Test func `input byte by byte is parsed in linear time`() {
    var limits = HTTPLimits()
    (limits.head, limits.headerLine, limits.body, limits.trailers) = (1 << 21, 1 << 21, 1 << 21, 1 << 21)
    func time(_ length: Int) -> Duration {
      let value = String(repeating: "b", count: length)
      let chunks = String(repeating: "1\r\nx\r\n", count: length / 6)
      let text =
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nA: \(value)\r\n\r\n1;a=\"\(value)\"\r\nx\r\n\(chunks)0\r\nA: \(value)\r\n\r\n"
      return ContinuousClock().measure { #expect(Transcript.of(Array(text.utf8), piece: 1, limits: limits).count == 1) }
    }
    _ = time(1000)
    let (short, long) = (time(5000), time(50_000))
    #expect(long < short * 40, "\(short) for 5,000 bytes, \(long) for 50,000")
  }
}
