import HTTPServer
import HTTPWire
import Testing

/// The server over real sockets.
@Suite(.timeLimit(.minutes(10)))
struct LiveTests {
  @Test func `a request is answered`() async throws {
    try await withServer { _, port in
      let client = RawClient(port: port)
      client.send("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n")
      let answer = client.read(until: " .")
      #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\nDate: "))
      #expect(answer.hasSuffix("\r\n\r\nGET /echo ."))
    }
  }

  @Test func `pipelined responses keep their order`() async throws {
    try await withServer { _, port in
      let client = RawClient(port: port)
      let paths = (0..<50).map { $0 % 7 == 3 ? "/slow/\($0)/5" : "/echo/\($0)" }
      client.send(
        paths.map { "GET \($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined()
          + "GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
      let answer = client.read(until: "/last .")
      let order = answer.components(of: "GET ").map { String($0.prefix { $0 != " " }) }
      #expect(order == paths + ["/last"])
    }
  }

  @Test func `the responses before a broken request are kept`() async throws {
    try await withServer { _, port in
      let client = RawClient(port: port)
      client.send(
        "GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /slow HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost : a\r\n\r\nGET /c HTTP/1.1\r\nHost: a\r\n\r\n"
      )
      let answer = client.read(until: "fault: ")
      let more = try #require(client.readToEnd())
      #expect(client.send([UInt8](repeating: 0x61, count: 300_000)))
      let all = answer + more
      #expect(all.contains("GET /a .") && all.contains("GET /slow .") && all.contains("HTTP/1.1 400"))
      #expect(!all.contains("GET /c"))
      #expect(all.components(of: "Connection: close").count == 1)
    }
  }
}

extension String {
  /// The text after each occurrence of a text, up to the next.
  func components(of separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      rest = rest[range.upperBound...]
      parts.append(String(rest.firstRange(of: separator).map { rest[..<$0.lowerBound] } ?? rest))
    }
    return parts
  }
}
