import HTTPWire
import JSON
import Registry
import Testing

@testable import RegistryAPI

@Suite struct StoreFaultTests {
  @Test(arguments: [
    (StoreError.busy, 503, "unavailable", "1"), (.closed, 503, "unavailable", "1"),
    (.stalled, 503, "unavailable", "1"), (.readerStalled, 503, "unavailable", "1"),
    (.unreachable, 503, "unavailable", "1"), (.outcomeUnknown, 503, "unavailable", "1"),
    (.tooBroad, 400, "filter.too-broad", ""), (.overloaded, 503, "unavailable", "1"),
    (.syncFailed, 503, "unavailable", "10"), (.walTooLarge, 503, "unavailable", "10"),
    (.readOnly, 503, "unavailable", "60"), (.filesLost, 503, "unavailable", "60"),
    (.damageFound, 503, "unavailable", "60"), (.full, 507, "storage-full", "30"),
    (.ioFailure, 500, "internal-error", ""), (.corrupt, 500, "internal-error", ""),
    (.notADatabase, 500, "internal-error", ""), (.constraint, 500, "internal-error", ""),
    (.internalFailure, 500, "internal-error", ""),
  ])
  func `a failed write is reported`(error: StoreError, status: Int, code: String, retryAfter: String) async throws {
    let world = try await World()
    world.faults.fail(writes: error)
    let key = ["Idempotency-Key": "once"]
    let failed = await world.send("POST", "/v1/iccs", as: .editor, json: World.icc, headers: key)
    #expect(failed.status == status)
    #expect(failed.json["code"]?.stringValue == code)
    #expect((failed.header("Retry-After") ?? "") == retryAfter)
    #expect(failed.answer.cause == "store: \(error)")
    #expect(!failed.text.contains("store: "))
    #expect(await world.send("GET", "/v1/iccs", as: .editor).text == #"{"items":[],"nextCursor":null}"#)
    world.faults.fail()
    let created = await world.send("POST", "/v1/iccs", as: .editor, json: World.icc, headers: key)
    #expect(created.status == 201)
    #expect(created.header("Idempotency-Replayed") == nil)
  }

  @Test(arguments: [(StoreError.busy, 503), (.closed, 503), (.ioFailure, 500), (.corrupt, 500)])
  func `a failed read is reported`(error: StoreError, status: Int) async throws {
    let world = try await World()
    world.faults.fail(reads: error)
    #expect(await world.send("GET", "/v1/iccs", as: .editor).status == status)
    #expect(await world.send("GET", "/healthz").status == 200)
    world.faults.fail()
    #expect(await world.send("GET", "/v1/iccs", as: .editor).status == 200)
  }

  @Test func `a flush stores the last use of a token`() async throws {
    let world = try await World()
    #expect(await world.send("GET", "/v1/iccs", as: .viewer).status == 200)
    #expect(try lastUse(.viewer, world) == nil)
    #expect(await world.send("GET", "/v1/tokens", as: .admin).text.contains("\(World.start)"))
    world.faults.fail(writes: .busy)
    await world.api.flush()
    #expect(try lastUse(.viewer, world) == nil)
    world.faults.fail()
    await world.api.flush()
    #expect(try lastUse(.viewer, world) == World.start)
  }

  @Test(.timeLimit(.minutes(10))) func `a use after a minute triggers a flush`() async throws {
    let world = try await World()
    #expect(await world.send("GET", "/v1/iccs", as: .viewer).status == 200)
    world.time.advance(milliseconds: 61_500)
    #expect(await world.send("GET", "/v1/iccs", as: .editor).status == 200)
    while try lastUse(.editor, world) == nil { try await Task.sleep(for: .milliseconds(2)) }
    #expect(try lastUse(.editor, world) == World.start.adding(milliseconds: 60_000))
    #expect(try lastUse(.viewer, world) == World.start)
    #expect(try lastUse(.admin, world) == nil)
  }

  /// Reads the last use from the database.
  private func lastUse(_ role: Role, _ world: World) throws -> Timestamp? {
    let text = try #require(TokenText(world.token(role)))
    return try world.store.read { try $0.token(text.hash) }?.lastUsedAt
  }
}
