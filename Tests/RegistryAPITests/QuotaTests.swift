import HTTPWire
import JSON
import Registry
import RegistryAPI
import System
import Testing

/// The limits on what an organisation or a token can have.
@Suite struct QuotaTests {
  private func world(_ set: @escaping (inout Quotas) -> Void) async throws -> World {
    let world = try await World { settings in settings.changeable.withLock { set(&$0.quotas) } }
    _ = await world.send("POST", "/v1/organisations", as: .admin, json: #"{"id":"other"}"#)
    return world
  }

  private static func create(
    _ name: String, in organisation: String = "default", key: String? = nil, as role: Role = .admin,
    _ world: World, query: String = ""
  ) async -> Received {
    let isAdmin = role == .admin
    let names = isAdmin ? #""\#(name)","organisation":"\#(organisation)","# : #""\#(name)","#
    let body = World.icc.replacing(#""Acme","#, with: names)
    let headers = key.map { ["Idempotency-Key": $0] } ?? [:]
    return await world.send("POST", "/v1/iccs" + query, as: role, json: body, headers: headers)
  }

  private static func isRefused(_ received: Received, _ status: Int, _ code: String) -> Bool {
    received.status == status && received.json["code"]?.stringValue == code
  }

  @Test func `an organisation has at most as many ICCs as allowed`() async throws {
    let world = try await world { $0.iccsPerOrganisation = 2 }
    let code = "organisation.too-many-iccs"
    let first = await Self.create("One", key: "k", world)
    #expect(first.status == 201)
    #expect(await Self.create("Two", as: .editor, world).status == 201)
    #expect(Self.isRefused(await Self.create("Three", world), 409, code))
    #expect(Self.isRefused(await Self.create("Three", as: .editor, world), 409, code))
    #expect(Self.isRefused(await Self.create("Three", world, query: "?dryRun=true"), 409, code))
    #expect(await Self.create("Three", in: "other", world).status == 201)
    #expect(await Self.create("One", key: "k", world).header("Idempotency-Replayed") == "true")
    let path = "/v1/iccs/" + (first.json["id"]?.stringValue ?? "")
    #expect(await world.send("DELETE", path, as: .editor).status == 204)
    #expect(await Self.create("Three", world).status == 201)
    #expect(Self.isRefused(await world.send("POST", path + "/restore", as: .editor), 409, code))
  }

  @Test func `of two creates at once for the last place one is rejected`() async throws {
    let world = try await world { $0.iccsPerOrganisation = 1 }
    async let one = Self.create("One", world)
    async let two = Self.create("Two", world)
    #expect(await [one, two].map(\.status).sorted() == [201, 409])
  }

  @Test func `an organisation has at most as many valid tokens as allowed`() async throws {
    // The world has an owner's, an editor's and a viewer's already.
    let world = try await world { $0.tokensPerOrganisation = 4 }
    let make = { (role: String, organisation: String) in
      let members = organisation.isEmpty ? "" : #","organisation":"\#(organisation)""#
      return await world.send(
        "POST", "/v1/tokens", as: .admin, json: #"{"name":"t","role":"\#(role)","expiresInDays":1\#(members)}"#)
    }
    let made = await make("viewer", "default")
    #expect(made.status == 201)
    let code = "organisation.too-many-tokens"
    #expect(Self.isRefused(await make("viewer", "default"), 409, code))
    #expect(await make("viewer", "other").status == 201)
    #expect(await make("connector", "").status == 201)
    #expect(await world.send("POST", "/v1/session/rotate", as: .editor).status == 201)
    #expect(Self.isRefused(await make("viewer", "default"), 409, code))
    #expect(
      await world.send("DELETE", "/v1/tokens/" + (made.json["id"]?.stringValue ?? ""), as: .admin).status == 204)
    #expect(await make("viewer", "default").status == 201)
    #expect(Self.isRefused(await make("editor", "default"), 409, code))
    world.time.advance(milliseconds: 86_400_000)
    #expect(await make("editor", "default").status == 201)
  }

  @Test func `a token has at most as many idempotency keys as allowed`() async throws {
    let world = try await world { $0.idempotencyKeysPerToken = 2 }
    for name in ["a", "b"] { #expect(await Self.create(name, key: name, world).status == 201) }
    let refused = await Self.create("c", key: "c", world)
    #expect(Self.isRefused(refused, 429, "idempotency-key.too-many") && refused.header("Retry-After") == "60")
    #expect(await Self.create("a", key: "a", world).header("Idempotency-Replayed") == "true")
    #expect(await Self.create("c", world).status == 201)
    #expect(await Self.create("d", key: "c", as: .editor, world).status == 201)
    world.time.advance(milliseconds: 86_400_001)
    #expect(await Self.create("e", key: "c", world).status == 201)
    #expect(await Self.create("f", key: "f", world).status == 201)
    #expect(Self.isRefused(await Self.create("g", key: "g", world), 429, "idempotency-key.too-many"))
  }

  @Test func `a limit of 0 is none`() async throws {
    let world = try await world { $0 = Quotas() }
    for name in ["a", "b", "c"] { #expect(await Self.create(name, key: name, world).status == 201) }
  }
}
