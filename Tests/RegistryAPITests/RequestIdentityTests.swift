import HTTPWire
import JSON
import Registry
import Testing
import Text

@testable import RegistryAPI

/// The names of a request: the server's, the client's, and the trace.
@Suite struct RequestIdentityTests {
  @Test func `a response has the server's identifier, whatever the client sends`() async throws {
    let world = try await World()
    for headers in [[:], ["X-Request-Id": "mine"]] {
      let answer = await world.send("GET", "/v1/iccs", headers: headers)
      #expect(answer.header("X-Request-Id") == answer.answer.identity.id)
      #expect(answer.json["requestId"]?.stringValue == answer.answer.identity.id)
    }
  }

  @Test func `identifiers differ, and none tells how many there were`() throws {
    let source = RequestIDSource()
    let made = (0..<2000).map { _ in source.next() }
    #expect(Set(made).count == made.count)
    for id in made { #expect(id.wholeMatch(of: /req-[0-9a-f]{32}/) != nil) }
    // A counter, also one that is only encoded, changes few digits from one identifier to the next.
    for (one, next) in zip(made, made.dropFirst()) {
      #expect(zip(one, next).filter { $0 != $1 }.count > 12)
    }
  }

  @Test(
    arguments: [
      ("mine-1.a_b", nil), ("0198a1f2-7c1e-7e0a-9d1e-0123456789ab", nil),
      ("Root=1-67891233-abcdef012345678912345678", nil),
      (String(repeating: "a", count: 128), nil), (String(repeating: "a", count: 129), .tooLong), ("", .empty),
      ("a b", .invalidCharacter), ("a\"b", .invalidCharacter), ("é", .invalidCharacter),
      ("x-iccr_secret", .containsToken),
    ] as [(String, ClientRequestID.Reason?)])
  func `the client's identifier is bounded`(value: String, reason: ClientRequestID.Reason?) {
    let found = ClientRequestID(HTTPHeaders([HTTPHeaders.Field("x-request-id", value)]))
    #expect(found == (reason.map { .rejected($0) } ?? .given(value)))
    #expect(ClientRequestID(HTTPHeaders()) == nil)
  }

  @Test func `a trace is taken from exactly one valid traceparent`() {
    let valid = HTTPHeaders.Field("Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
    #expect(RequestIdentity("r", HTTPHeaders([valid])).trace?.traceID == "0af7651916cd43dd8448eb211c80319c")
    #expect(RequestIdentity("r", HTTPHeaders([valid, valid])).trace == nil)
    #expect(RequestIdentity("r", HTTPHeaders([HTTPHeaders.Field("traceparent", "00-x")])).trace == nil)
    #expect(RequestIdentity("r", HTTPHeaders()).trace == nil)
  }
}
