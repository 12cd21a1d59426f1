import Testing

@testable import HTTPWire

/// RFC 9110 sections 6.4.1, 6.6.1, 8.6 and 9.3.2; RFC 9112 sections 4 and 9.3.
@Suite struct EncoderTests {
  private static let date = "Sun, 06 Nov 1994 08:49:37 GMT"
  private typealias Terms = HTTPResponseEncoder.Terms

  private static func encode(
    _ status: Int, _ fields: [(String, String)] = [], _ body: String = "", keepAlive: Bool = true, isHead: Bool = false,
    isHTTP10: Bool = false
  ) -> String {
    let headers = HTTPHeaders(fields.map { HTTPHeaders.Field($0.0, $0.1) })
    let response = HTTPResponse(status: HTTPStatus(status), headers: headers, body: Array(body.utf8))
    return encode(response, Terms(keepAlive: keepAlive, isHead: isHead, isHTTP10: isHTTP10))
  }

  private static func encode(_ headers: HTTPHeaders) -> String {
    encode(HTTPResponse(status: HTTPStatus(200), headers: headers), Terms(keepAlive: true))
  }

  private static func encode(_ response: HTTPResponse, _ terms: Terms) -> String {
    var output = Array("before|".utf8)
    HTTPResponseEncoder.encode(response, terms: terms, date: Array(date.utf8), into: &output)
    let text = String(decoding: output, as: UTF8.self)
    #expect(text.hasPrefix("before|"))
    return String(text.dropFirst(7)).replacing("Date: \(date)\r\n", with: "", maxReplacements: 1)
  }

  @Test func `a response is written with its framing`() {
    #expect(Self.encode(200, [("A", "b")], "xyz") == "HTTP/1.1 200 OK\r\nA: b\r\nContent-Length: 3\r\n\r\nxyz")
    #expect(Self.encode(404) == "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
    #expect(Self.encode(299, [], "x") == "HTTP/1.1 299 \r\nContent-Length: 1\r\n\r\nx")
    #expect(Self.encode(200, [], "xyz", isHead: true) == "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n")
    #expect(Self.encode(204, [], "xyz") == "HTTP/1.1 204 No Content\r\n\r\n")
    #expect(Self.encode(304, [("ETag", "\"1\"")], "xyz") == "HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n")
    #expect(Self.encode(100, [], "xyz") == "HTTP/1.1 100 Continue\r\n\r\n")
    #expect(Self.encode(205) == "HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n")
    #expect(String(decoding: HTTPResponseEncoder.continueResponse, as: UTF8.self) == "HTTP/1.1 100 Continue\r\n\r\n")
  }

  @Test(
    arguments: [
      (true, false, ""), (false, false, "Connection: close\r\n"), (true, true, "Connection: keep-alive\r\n"),
      (false, true, "Connection: close\r\n"),
    ])
  func `the Connection field follows from the request`(_ keepAlive: Bool, _ isHTTP10: Bool, _ line: String) {
    let text = Self.encode(200, keepAlive: keepAlive, isHTTP10: isHTTP10)
    #expect(text == "HTTP/1.1 200 OK\r\n\(line)Content-Length: 0\r\n\r\n")
  }

  @Test(
    arguments: [
      ("A", "b\r\nC: d"), ("A", "b\nc"), ("A", "b\rc"), ("A", "\0"), ("A", "b\u{7F}"), ("A", "b\u{1B}"),
      ("A\r\nB", "c"), ("A B", "c"), ("A:", "c"), ("", "c"), ("\u{E9}", "c"),
      ("Content-Length", "9"), ("content-length", "9"), ("Transfer-Encoding", "chunked"), ("Connection", "upgrade"),
      ("Keep-Alive", "timeout=1"), ("Date", "now"), ("Server", "x/1"), ("Upgrade", "h2c"), ("Trailer", "A"),
    ])
  func `a field that the server writes itself is left out`(_ name: String, _ value: String) {
    let text = Self.encode(200, [("X", "1"), (name, value), ("Y", "2")])
    #expect(text == "HTTP/1.1 200 OK\r\nX: 1\r\nY: 2\r\nContent-Length: 0\r\n\r\n")
  }

  /// Fields that were looked at once are not looked at again, whatever is put beside them.
  @Test(arguments: [
    ("B", "2", "A: 1\r\nB: 2\r\nC: 3\r\n"), ("B", "2\r\nX: y", "A: 1\r\nC: 3\r\n"), ("Date", "now", "A: 1\r\nC: 3\r\n"),
  ])
  func `fields are appended in one step`(_ name: String, _ value: String, _ lines: String) {
    var headers = HTTPHeaders([HTTPHeaders.Field("A", "1")])
    headers.append(HTTPHeaders([HTTPHeaders.Field(name, value), HTTPHeaders.Field("C", "3")]))
    #expect(headers.fields.map(\.value) == ["1", value, "3"] && headers.first("c") == "3")
    #expect(Self.encode(headers) == "HTTP/1.1 200 OK\r\n\(lines)Content-Length: 0\r\n\r\n")
  }

  @Test func `a removed field is not written`() {
    var headers = HTTPHeaders([HTTPHeaders.Field("A", "1"), HTTPHeaders.Field("B", "2")])
    headers.remove("a")
    #expect(Self.encode(headers) == "HTTP/1.1 200 OK\r\nB: 2\r\nContent-Length: 0\r\n\r\n")
    headers.append("C", "3")
    #expect(Self.encode(headers) == "HTTP/1.1 200 OK\r\nB: 2\r\nC: 3\r\nContent-Length: 0\r\n\r\n")
  }

  @Test func `a handler's field is written`() {
    let fields = [("Set-Cookie", "a"), ("Set-Cookie", "b"), ("X-Tab", "a\tb"), ("X-Empty", ""), ("X-Text", "é")]
    let lines = fields.map { "\($0.0): \($0.1)\r\n" }.joined()
    #expect(Self.encode(200, fields) == "HTTP/1.1 200 OK\r\n\(lines)Content-Length: 0\r\n\r\n")
  }

  @Test func `every response has a Date`() {
    for status in [200, 204, 304, 400, 500] {
      var output: [UInt8] = []
      HTTPResponseEncoder.encode(
        HTTPResponse(status: HTTPStatus(status)), terms: Terms(keepAlive: false), date: Array(Self.date.utf8),
        into: &output)
      #expect(String(decoding: output, as: UTF8.self).contains("\r\nDate: \(Self.date)\r\n"))
    }
  }

  @Test(arguments: [0, 1, 9, 10, 99, 100, 65_536, 1_000_000])
  func `the length of a response is known before it is written`(_ length: Int) {
    let text = Self.encode(200, [], String(repeating: "x", count: length), isHead: true)
    #expect(text.contains("\r\nContent-Length: \(length)\r\n"))
  }

  @Test func `every status in use has a reason phrase`() {
    for status in [
      200, 201, 202, 204, 304, 308, 400, 401, 403, 404, 405, 406, 408, 409, 412, 413, 414, 415, 417, 422, 428, 429, 431,
      500, 501, 503, 505, 507,
    ] {
      #expect(!HTTPStatus(status).reason.isEmpty, "\(status)")
    }
  }
}
