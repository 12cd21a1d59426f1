import HTTPWire
import Registry
import Testing

@testable import RegistryAPI

/// Requests that are answered `401` by their head, before their content is read.
@Suite struct HeadRefusalTests {
  private static func head(_ target: String, _ fields: String) throws -> HTTPRequestHead {
    var parser = HTTPRequestParser(limits: HTTPLimits())
    let text = "POST \(target) HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\(fields)\r\n"
    parser.receive(Array(text.utf8).span)
    guard case .head(let head)? = try parser.next() else { throw HTTPError(400, "no head") }
    return head
  }

  @Test(arguments: [
    "", "Authorization: Basic eA==\r\n", "Authorization: Bearer x\r\n", "Authorization: Bearer\r\n",
    "Authorization: Bearer x\r\nAuthorization: Bearer x\r\n",
  ])
  func `a missing or malformed token is refused by the head`(fields: String) async throws {
    let world = try await World()
    let answer = try #require(world.api.rejection(of: Self.head("/v1/iccs", fields), from: "192.0.2.1"))
    #expect(answer.response.status.code == 401 && answer.route == "/v1/iccs")
    #expect(answer.response.headers.first("WWW-Authenticate")?.hasPrefix("Bearer ") == true)
  }

  @Test func `a token of the right form is left to the complete request`() async throws {
    let world = try await World()
    for text in [world.token(.viewer), TokenText.random().text] {
      let head = try Self.head("/v1/iccs", "Authorization: Bearer \(text)\r\n")
      #expect(world.api.rejection(of: head, from: "192.0.2.1") == nil)
    }
  }

  @Test func `the console's cookie is read like a token, and only with its header`() async throws {
    let world = try await World()
    let header = "X-Console-Session: 1\r\n"
    let cookie = "Cookie: __Host-icc-registry=\(TokenText.random(.cookie).text)\r\n"
    let malformed = "Cookie: __Host-icc-registry=x\r\n"
    for (fields, isRead) in [(header + cookie, true), (cookie, false), (header + malformed, false), (header, false)] {
      let rejection = try world.api.rejection(of: Self.head("/v1/iccs", fields), from: "192.0.2.1")
      #expect((rejection == nil) == isRead, "\(fields)")
    }
  }

  @Test(arguments: ["/nowhere", "/healthz", "/v1/session/end"])
  func `a path without a route that needs a token is not refused`(target: String) async throws {
    let world = try await World()
    #expect(try world.api.rejection(of: Self.head(target, ""), from: "192.0.2.1") == nil)
  }

  @Test func `malformed tokens count as failed authentications`() async throws {
    let world = try await World { $0.failureLimit.burst = 2 }
    let codes = try (0..<3).map { _ in
      try world.api.rejection(of: Self.head("/v1/iccs", "Authorization: Bearer x\r\n"), from: "192.0.2.9")?
        .response.status.code
    }
    #expect(codes == [401, 401, 429])
  }
}
