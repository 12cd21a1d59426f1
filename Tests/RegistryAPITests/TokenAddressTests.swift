import HTTPWire
import JSON
import Registry
import System
import Testing

@testable import RegistryAPI

/// Tokens that can be used from some addresses only.
@Suite struct TokenAddressTests {
  private func make(_ world: World, _ blocks: String, role: String = "admin", by bearer: String? = nil) async
    -> Received
  {
    await world.send(
      "POST", "/v1/tokens", bearer: bearer ?? world.token(.admin),
      json: #"{"name":"t","role":"\#(role)","addressBlocks":\#(blocks)}"#)
  }

  @Test func `a token is rejected from other addresses, like an unknown one`() async throws {
    let world = try await World()
    let made = await make(world, #"["10.0.0.0/8","2001:DB8::/32","192.0.2.9"]"#)
    #expect(made.json["addressBlocks"] == ["10.0.0.0/8", "2001:db8::/32", "192.0.2.9"])
    let text = try #require(made.json["token"]?.stringValue)
    for (address, isWithin) in [
      ("10.1.2.3", true), ("::ffff:10.1.2.3", true), ("2001:db8:7::1", true), ("192.0.2.9", true),
      ("192.0.2.10", false), ("2001:db9::1", false), ("::1", false),
    ] {
      let received = await world.send("GET", "/v1/session", bearer: text, from: address)
      #expect(received.status == (isWithin ? 200 : 401), "\(address)")
      guard !isWithin else { continue }
      let unknown = await world.send("GET", "/v1/session", bearer: TokenText.random().text, from: address)
      #expect(received.textWithoutRequestID == unknown.textWithoutRequestID)
      #expect(received.header("WWW-Authenticate") == unknown.header("WWW-Authenticate"))
      #expect(received.answer.rejection == "address" && received.answer.token?.text == made.json["id"]?.stringValue)
    }
    let metrics = await world.send("GET", "/metrics", as: .monitor).text
    #expect(metrics.contains("icc_registry_tokens_refused_total{reason=\"address\"} 3\n"))
  }

  @Test func `the address behind a trusted proxy counts, and a forged one does not`() async throws {
    let world = try await World { settings in
      settings.changeable.withLock { $0.trustedProxies.addresses = [AddressBlock("192.0.2.1")].compactMap(\.self) }
    }
    let text = try #require(await make(world, #"["10.0.0.0/8"]"#).json["token"]?.stringValue)
    for (peer, forwarded, status) in [
      ("192.0.2.1", "10.1.1.1", 200), ("192.0.2.1", "10.1.1.1, 203.0.113.1", 401), ("192.0.2.2", "10.1.1.1", 401),
      ("192.0.2.1", "203.0.113.1, 10.1.1.1", 200),
    ] {
      let headers = ["X-Forwarded-For": forwarded]
      #expect(
        await world.send("GET", "/v1/session", bearer: text, headers: headers, from: peer).status == status,
        "\(peer) \(forwarded)")
    }
  }

  @Test func `rotation and the tokens that it makes keep the limit`() async throws {
    let world = try await World()
    let maker = try #require(await make(world, #"["192.0.2.0/24"]"#).json["token"]?.stringValue)
    #expect(await make(world, "null", by: maker).json["addressBlocks"] == ["192.0.2.0/24"])
    #expect(await make(world, "[]", by: maker).json["addressBlocks"] == ["192.0.2.0/24"])
    #expect(await make(world, #"["192.0.2.128/25"]"#, by: maker).status == 201)
    for wider in [#"["192.0.0.0/16"]"#, #"["192.0.2.0/25","::/0"]"#] {
      let refused = await make(world, wider, by: maker)
      #expect(refused.status == 422 && refused.text.contains("address-blocks.beyond-your-token"), "\(refused.text)")
    }
    let rotated = await world.send("POST", "/v1/session/rotate", bearer: maker)
    #expect(rotated.json["addressBlocks"] == ["192.0.2.0/24"])
  }

  @Test(arguments: [
    (#"["10.0.0.0/33"]"#, "address-blocks.malformed"), (#"["example.com"]"#, "address-blocks.malformed"),
    (#""10.0.0.0/8""#, "address-blocks.wrong-type"), ("[8]", "address-blocks.wrong-type"),
    ("[" + [String](repeating: #""10.0.0.0/8""#, count: 51).joined(separator: ",") + "]", "address-blocks.too-many"),
  ])
  func `a wrong block is reported`(blocks: String, code: String) async throws {
    let refused = await make(try await World(), blocks)
    #expect(refused.status == 422 && refused.text.contains(code), "\(refused.text)")
  }

  @Test func `the event of a new token proves its limits`() async throws {
    let world = try await World()
    let made = await make(world, #"["10.0.0.0/8"]"#, role: "connector")
    let events = await world.send("GET", "/v1/events?limit=200", as: .auditor).json["items"]?.arrayValue
    let event = events?.last
    #expect(event?["subject"] == made.json["id"] && event?["type"] == "token.created")
    #expect(event?["changes"]?["addressBlocks"]?["after"] == ["10.0.0.0/8"])
    #expect(event?["changes"]?["organisations"]?["after"] == [])
    #expect(event?["address"] == "192.0.2.1")
  }
}
