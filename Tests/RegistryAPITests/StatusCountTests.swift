import JSON
import Registry
import Testing

@testable import RegistryAPI

/// `counts` of the list of ICCs.
@Suite struct StatusCountTests {
  private func counts(_ world: World, _ query: String = "", as role: Role = .admin) async -> String? {
    await world.send("GET", "/v1/iccs?limit=1&counts=true" + query, as: role).json["counts"]
      .map { String(decoding: $0.bytes(), as: UTF8.self) }
  }

  @Test func `the live ICCs are counted whatever the filters are`() async throws {
    let world = try await World()
    _ = try await world.create(named: "One")
    _ = try await world.create(named: "Two")
    let all = #"{"draft":0,"unverified":2,"verified":0,"insecure":0,"failing":0}"#
    #expect(await counts(world) == all)
    #expect(await counts(world, "&q=one&status=verified") == all)
    #expect(await counts(world, "&organisation=default", as: .viewer) == all)
  }

  @Test func `another organisation's ICCs are not counted`() async throws {
    let world = try await World()
    _ = try await world.create(named: "One")
    let none = #"{"draft":0,"unverified":0,"verified":0,"insecure":0,"failing":0}"#
    #expect(await counts(world, "&organisation=elsewhere", as: .viewer) == none)
    #expect(await counts(world, "&organisation=elsewhere") == none)
  }

  @Test func `a list without the parameter has no counts`() async throws {
    let world = try await World()
    #expect(await world.send("GET", "/v1/iccs", as: .viewer).json["counts"] == nil)
  }
}
