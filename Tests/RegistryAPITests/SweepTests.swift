import JSON
import Registry
import Testing

@testable import RegistryAPI

/// The sweep of expired idempotency keys.
@Suite(.timeLimit(.minutes(10))) struct SweepTests {
  private static let count = 3 * Services.maxExpired + 1

  /// A world in which an administrator's token has many keys, all of which have expired.
  private func world() async throws -> (World, TokenID) {
    let world = try await World()
    let session = await world.send("GET", "/v1/session", as: .admin).json
    let token = TokenID(stored: try #require(session["tokenId"]?.stringValue))
    try await world.store.write(dryRun: false) { writer in
      for number in 0..<Self.count {
        try writer.save(
          IdempotencyRecord(
            token: token, key: "\(number)", fingerprint: [UInt8](repeating: 1, count: 32), createdAt: World.start,
            status: 201, location: nil, entityTag: nil, body: []))
      }
    }
    world.time.advance(milliseconds: Services.idempotencyLifetime + 1)
    return (world, token)
  }

  private func left(of token: TokenID, _ world: World) throws -> Int {
    try world.store.read { try $0.idempotencyRecordCount(of: token) }
  }

  @Test func `a write deletes some expired keys`() async throws {
    let (world, token) = try await world()
    #expect(try left(of: token, world) == Self.count)
    await world.api.flush()
    #expect(try left(of: token, world) == Self.count - Services.maxExpired)
  }

  @Test func `a request starts a sweep that deletes all expired keys in several writes`() async throws {
    let (world, token) = try await world()
    let before = world.faults.writes
    #expect(await world.send("GET", "/v1/iccs", as: .viewer).status == 200)
    while try left(of: token, world) > 0 { try await Task.sleep(for: .milliseconds(1)) }
    #expect(world.faults.writes - before >= 4)
  }
}
