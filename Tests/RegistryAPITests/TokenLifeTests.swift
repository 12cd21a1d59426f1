import HTTPWire
import JSON
import Registry
import System
import Testing

@testable import RegistryAPI

/// The life of tokens: their end, their replacement and their revocation.
@Suite struct TokenLifeTests {
  private static let day: Int64 = 86_400_000

  /// A token that a request has made.
  private struct Made {
    let id: String
    let text: String
    let response: Received
  }

  private func make(
    _ world: World, _ fields: String = #""role":"admin""#, by bearer: String? = nil
  ) async throws -> Made {
    let response = await world.send(
      "POST", "/v1/tokens", bearer: bearer ?? world.token(.admin), json: #"{"name":"t",\#(fields)}"#)
    return Made(
      id: try #require(response.json["id"]?.stringValue), text: try #require(response.json["token"]?.stringValue),
      response: response)
  }

  private func isValid(_ made: Made, _ world: World) async -> Bool {
    await world.send("GET", "/v1/session", bearer: made.text).status == 200
  }

  @Test func `a token ends after the default days if no end was requested`() async throws {
    let world = try await World { settings in
      settings.changeable.withLock { $0.tokenLifetime = TokenLifetime(defaultDays: 30, maxDays: 90) }
    }
    let made = try await make(world)
    #expect(made.response.json["expiresAt"]?.stringValue == World.start.adding(milliseconds: 30 * Self.day).description)
    for (fields, code) in [
      (#""expiresInDays":91"#, "expires-in-days.out-of-range"),
      (#""expiresAt":"2099-01-01T00:00:00Z""#, "expires-at.out-of-range"),
      (#""expiresAt":"1999-01-01T00:00:00Z""#, "expires-at.out-of-range"),
    ] {
      let refused = await world.send("POST", "/v1/tokens", as: .admin, json: #"{"name":"t","role":"admin",\#(fields)}"#)
      #expect(refused.status == 422 && refused.text.contains(code), "\(refused.text)")
    }
  }

  @Test func `a token made by a token does not outlive it`() async throws {
    let world = try await World()
    let maker = try await make(world, #""role":"admin","expiresInDays":5"#)
    let heir = try await make(world, by: maker.text)
    #expect(heir.response.json["expiresAt"] == maker.response.json["expiresAt"])
    let refused = await world.send(
      "POST", "/v1/tokens", bearer: maker.text,
      json: #"{"name":"t","role":"viewer","organisation":"default","expiresInDays":6}"#)
    #expect(refused.status == 422 && refused.text.contains("expires-at.after-your-token"))
  }

  @Test func `a list shows the last four characters of a token`() async throws {
    let world = try await World()
    let made = try await make(world)
    #expect(made.response.json["lastFour"]?.stringValue == String(made.text.suffix(4)))
    let list = await world.send("GET", "/v1/tokens", as: .admin)
    let item = list.json["items"]?.arrayValue?.first { $0["id"]?.stringValue == made.id }
    #expect(item?["lastFour"]?.stringValue == String(made.text.suffix(4)))
    #expect(!list.text.contains(made.text.dropFirst(5).prefix(43)))
  }

  @Test func `only a cascade revokes what a token has made`() async throws {
    for cascades in [false, true] {
      let world = try await World()
      let maker = try await make(world)
      let child = try await make(world, by: maker.text)
      let grandchild = try await make(world, by: child.text)
      let other = try await make(world)
      // Revoked before the others: what it has made is found all the same.
      #expect(await world.send("DELETE", "/v1/tokens/\(child.id)", as: .admin).status == 204)
      let path = "/v1/tokens/\(maker.id)" + (cascades ? "?cascade=true" : "")
      #expect(await world.send("DELETE", path + (cascades ? "&" : "?") + "dryRun=true", as: .admin).status == 204)
      #expect(await isValid(maker, world))
      #expect(await world.send("DELETE", path, as: .admin).status == 204)
      #expect(await !isValid(maker, world))
      #expect(await isValid(grandchild, world) == !cascades)
      #expect(await isValid(other, world))
    }
  }

  @Test func `a cascade spares the token that was sent`() async throws {
    let world = try await World()
    let maker = try await make(world)
    let (child, sibling) = (try await make(world, by: maker.text), try await make(world, by: maker.text))
    #expect(await world.send("DELETE", "/v1/tokens/\(maker.id)?cascade=true", bearer: child.text).status == 204)
    #expect(await isValid(child, world))
    #expect(await !isValid(sibling, world))
  }

  @Test func `all tokens of an organisation or of a maker are revoked`() async throws {
    let world = try await World()
    #expect(await world.send("POST", "/v1/organisations", as: .admin, json: #"{"id":"other"}"#).status == 201)
    let maker = try await make(world)
    let theirs = try await make(world, #""role":"viewer","organisation":"other""#)
    let both = try await make(world, #""role":"viewer","organisation":"other""#, by: maker.text)
    let made = try await make(world, by: maker.text)
    for (query, count, left) in [
      ("organisation=other&createdBy=\(maker.id)", 1, [true, false, true]),
      ("organisation=other", 1, [false, false, true]),
      ("createdBy=\(maker.id)", 1, [false, false, false]), ("createdBy=nobody", 0, [false, false, false]),
    ] {
      let path = "/v1/tokens?" + query
      #expect(await world.send("DELETE", path + "&dryRun=true", as: .admin).json["revoked"]?.numberValue?.int == count)
      let revoked = await world.send("DELETE", path, as: .admin)
      #expect(revoked.status == 200 && revoked.json["revoked"]?.numberValue?.int == count, "\(query)")
      var valid: [Bool] = []
      for token in [theirs, both, made] { valid.append(await isValid(token, world)) }
      #expect(valid == left, "\(query)")
    }
    #expect(await isValid(maker, world))
    #expect(await world.send("DELETE", "/v1/tokens", as: .admin).status == 422)
    // The caller's own token is one of those that the command line has made.
    #expect(
      await world.send("DELETE", "/v1/tokens?createdBy=command-line", as: .admin).json["revoked"]
        == .number(Role.allCases.count - 1))
    #expect(await world.send("GET", "/v1/session", as: .admin).status == 200)
    #expect(await world.send("GET", "/v1/session", as: .viewer).status == 401)
  }

  @Test(arguments: Role.allCases) func `each role replaces and revokes its own token`(role: Role) async throws {
    let world = try await World()
    let old = world.token(role)
    let before = await world.send("GET", "/v1/session", bearer: old).json
    #expect(await world.send("POST", "/v1/session/rotate?dryRun=true", bearer: old).json["token"]?.isNull == true)
    let rotated = await world.send("POST", "/v1/session/rotate", bearer: old)
    #expect(rotated.status == 201 && rotated.json["createdBy"] == before["tokenId"])
    let text = try #require(rotated.json["token"]?.stringValue)
    #expect(await world.send("GET", "/v1/session", bearer: old).status == 401)
    let after = await world.send("GET", "/v1/session", bearer: text).json
    for field in ["role", "organisation", "expiresAt", "permissions"] { #expect(after[field] == before[field]) }
    #expect(after["tokenId"] != before["tokenId"])
    #expect(await world.send("DELETE", "/v1/session?dryRun=true", bearer: text).status == 204)
    #expect(await world.send("DELETE", "/v1/session", bearer: text).status == 204)
    #expect(await world.send("GET", "/v1/session", bearer: text).status == 401)
  }

  @Test func `the first token and one without an end get the default end when they are replaced`() async throws {
    let world = try await World { settings in
      settings.changeable.withLock { $0.tokenLifetime = TokenLifetime(defaultDays: 30, maxDays: 90) }
    }
    let soon = World.start.adding(milliseconds: Self.day)
    for (actor, end) in [(Actor.firstStart, soon), (.commandLine, nil)] {
      let text = TokenText.random()
      let token = Token(
        id: IdentifierSource().next(at: World.start), name: "t", role: .admin,
        createdAt: World.start, createdBy: actor, expiresAt: end)
      try await world.store.write(dryRun: false) { try $0.insert(token, hash: text.hash) }
      let rotated = await world.send("POST", "/v1/session/rotate", bearer: text.text)
      #expect(
        rotated.json["expiresAt"]?.stringValue == World.start.adding(milliseconds: 30 * Self.day).description)
    }
  }

  @Test func `a token has base-62 characters only, and one in the earlier form stays valid`() async throws {
    let text = TokenText.random().text
    #expect(text.utf8.dropFirst(5).filter { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }.count == 1)
    let earlier = try #require(TokenText("iccr_2aO0bGUm1_ANZEMBW8KNngQOvHohFt6CY5-pCmYRd8k_houQ94"))
    let world = try await World()
    let token = Token(
      id: IdentifierSource().next(at: World.start), name: "t", role: .viewer, organisations: [.default],
      createdAt: World.start, createdBy: .commandLine, expiresAt: nil)
    try await world.store.write(dryRun: false) { try $0.insert(token, hash: earlier.hash) }
    #expect(await world.send("GET", "/v1/session", bearer: earlier.text).status == 200)
    #expect(
      await world.send("GET", "/v1/tokens", as: .admin).json["items"]?.arrayValue?.last?["lastFour"]?.isNull == true)
  }
}
