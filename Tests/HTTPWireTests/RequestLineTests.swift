import Testing

@testable import HTTPWire

/// RFC 9112 sections 2.2, 2.3 and 3.
@Suite struct RequestLineTests {
  private static func head(_ line: String) -> String { line + "\r\nHost: h\r\n\r\n" }

  @Test(
    arguments: [
      "GET /", "HEAD /", "POST /", "PUT /", "DELETE /", "PATCH /", "OPTIONS /", "TRACE /", "get /", "Get /",
      "M-SEARCH /",
      "PURGE /", "BREW /", "!#$%&'*+-.^_`|~09azAZ /", "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEF /", "X /",
    ])
  func `any token is a method`(_ start: String) {
    expectSample(WireSample(Self.head(start + " HTTP/1.1"), start))
  }

  @Test(
    arguments: [
      "GET  / HTTP/1.1", " GET / HTTP/1.1", "\tGET / HTTP/1.1", "GET\t/ HTTP/1.1", "GET /\tHTTP/1.1", "GET /  HTTP/1.1",
      "GET / HTTP/1.1 ", "GET / HTTP/1.1\t", "GET /a b HTTP/1.1", "GET HTTP/1.1", "GET", "GET /", "GET / ",
      "GET  HTTP/1.1",
      "G\u{0}ET / HTTP/1.1", "G ET / HTTP/1.1", "GE(T / HTTP/1.1", "GET, / HTTP/1.1", "\"GET\" / HTTP/1.1",
      "G\u{E9}T / HTTP/1.1",
      "GET:/ HTTP/1.1", "GET@ / HTTP/1.1", "[GET] / HTTP/1.1", "GET{} / HTTP/1.1", "GET\u{7F} / HTTP/1.1",
      "/ GET HTTP/1.1",
      "HTTP/1.1 200 OK", "HTTP/1.1 GET /", "\u{FE}", "\u{0B}GET / HTTP/1.1",
      "GET\u{0B}/ HTTP/1.1",
      "GET\u{0C}/\u{0C}HTTP/1.1", "GET\u{A0}/ HTTP/1.1",
      "\u{16}\u{03}\u{01}\u{02}\u{00}\u{01}\u{00}\u{01}\u{FC}\u{03}\u{03}",
      "\u{80}\u{2E}\u{01}\u{00}\u{02}", "PROXY TCP4 192.0.2.1 192.0.2.2 1 2", "SSH-2.0-OpenSSH_9.6",
      "GET / HTTP/1.1 HTTP/1.1",
    ])
  func `a malformed request line is rejected with 400`(_ line: String) {
    expectSample(WireSample(400, Self.head(line)))
  }

  @Test(
    arguments: [
      "http/1.1", "Http/1.1", "HTTp/1.1", "HTTP 1.1", "HTTP/1", "HTTP/1.", "HTTP/.1", "HTTP/1.10", "HTTP/01.1",
      "HTTP/1.01",
      "HTTP/11.1", "HTTP/10.0", "HTTP/1,1", "HTTP/1.1a", "HTTP/1.x", "HTTP/x.1", "HTTP/-1.1", "HTTP/+1.1", "HTTP/ 1.1",
      "HTTP/1 .1",
      "HTTP/1. 1", "HTTP\\1.1", "HTTP/1.1;", "HTTPS/1.1", "HTTP1.1", "HTTP/2", "HTTP/3", "HHTTP/1.1", "FTP/1.1",
      "SIP/2.0",
      "RTSP/1.0", "ICE/1.0", "IHTTP/1.0", "SHTTP/1.3", "HTTP/1.\u{B9}", "HTTP/\u{0}1.1", "HTTP/1.1\u{0}", "TTP/1.1",
      "HTT/1.1",
      "HTTP//1.1", "HTTP/1..1", "HTTP/", "HTTP", "H", "1.1", "HTTP/0", "HTTP/9", "HTTP/1:1", "HTTP/ABC",
    ])
  func `a malformed version is rejected with 400`(_ version: String) {
    expectSample(WireSample(400, Self.head("GET / \(version)")))
  }

  @Test(arguments: ["HTTP/2.0", "HTTP/3.0", "HTTP/0.9", "HTTP/0.0", "HTTP/2.1", "HTTP/9.9", "HTTP/5.6"])
  func `another major version is rejected with 505`(_ version: String) {
    expectSample(WireSample(505, Self.head("GET / \(version)")))
  }

  @Test(arguments: 2...9)
  func `a later minor version is read as HTTP/1.1`(_ minor: Int) {
    expectSample(WireSample(Self.head("GET / HTTP/1.\(minor)"), "GET /"))
    expectSample(WireSample(400, "GET / HTTP/1.\(minor)\r\n\r\n"))
  }

  @Test(
    arguments: [
      WireSample(505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
      WireSample(505, "PRI * HTTP/2.0\r\n"),
      WireSample(400, "PRI * HTTP/1.1\r\nHost: h\r\n\r\n"),
      WireSample(400, "GET /\r\n"), WireSample(400, "GET /\n"), WireSample(400, "GET /index.html\r\n\r\n"),
      WireSample(400, "GET\r\n"),
      WireSample(400, "GET / HTTP/1.1\nHost: h\r\n\r\n"), WireSample(400, "GET / HTTP/1.1\rHost: h\r\n\r\n"),
      WireSample(400, "GET / HTTP/1.1\r\rHost: h\r\n\r\n"), WireSample(400, "GET / HTTP/1.1\r \nHost: h\r\n\r\n"),
      WireSample(400, "GET / HTTP/1.1\n\rHost: h\r\n\r\n"), WireSample(400, "GET / HTTP/1.1\r\n\n"),
      WireSample(400, "GET / HTTP/1.1\r\n\rHost: h\r\n\r\n"), WireSample(400, "GET / HTTP/1.1\r\n\r\n"),
      WireSample(400, "GET /\rX: y HTTP/1.1\r\nHost: h\r\n\r\n"),
      WireSample(400, "GET /\nX: y HTTP/1.1\r\nHost: h\r\n\r\n"),
      WireSample(501, String(repeating: "A", count: 33) + " / HTTP/1.1\r\nHost: h\r\n\r\n"),
      WireSample(501, String(repeating: "A", count: 5000)),
    ])
  func `an error in the request line has its status`(_ sample: WireSample) { expectSample(sample) }

  @Test(arguments: 0...4)
  func `some empty lines before a request are skipped`(_ count: Int) {
    let lines = String(repeating: "\r\n", count: count)
    expectSample(WireSample(lines + Self.head("GET / HTTP/1.1"), "GET /"))
    let post = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx"
    expectSample(
      WireSample(post + lines + Self.head("GET / HTTP/1.1"), "POST / Content-Length=1 body=x", "GET /"))
  }

  @Test(arguments: ["\r\n\r\n\r\n\r\n\r\n", "\n", "\r\n\n", "\r\r\n", "\r\nx\r\n", " \r\n", "\0\r\n"])
  func `a line with white space alone is rejected`(_ start: String) {
    expectSample(WireSample(400, start + Self.head("GET / HTTP/1.1")))
  }
}
