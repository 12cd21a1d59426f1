import JSON
import Registry
import Testing

@testable import RegistryAPI

/// The audit trail: its events, and the fields that each role can read.
@Suite struct AuditTests {
  private func types(_ world: World, _ path: String, as role: Role) async -> [String] {
    let items = await world.send("GET", path, as: role).json["items"]?.arrayValue ?? []
    return items.compactMap { $0["type"]?.stringValue }
  }

  @Test(arguments: [
    (Role.admin, "trail", ["actor", "address", "requestId", "changes"]),
    (.admin, "feed", ["actor", "address", "requestId", "changes"]),
    (.editor, "trail", ["actor", "requestId", "changes"]), (.viewer, "trail", ["actor", "requestId", "changes"]),
    (.connector, "feed", []),
  ])
  func `each role sees only the permitted fields of an event`(role: Role, place: String, shown: [String]) async throws {
    let world = try await World()
    let id = try await world.create()
    let path = place == "feed" ? "/v1/events?limit=200" : "/v1/iccs/\(id)/events"
    let items = try #require(await world.send("GET", path, as: role).json["items"]?.arrayValue)
    let event = try #require(items.last { $0["type"]?.stringValue == "icc.created" })
    for member in ["actor", "address", "requestId", "changes"] {
      #expect((event[member]?.isNull == false) == shown.contains(member), "\(member)")
    }
    #expect(event["subject"]?.stringValue == id && event["version"]?.numberValue?.int == 1)
    if shown.contains("address") { #expect(event["address"]?.stringValue == "192.0.2.1") }
  }

  @Test func `the audit trail hides events for administrators from others`() async throws {
    let world = try await World()
    _ = await world.send("POST", "/v1/organisations", as: .admin, json: #"{"id":"other"}"#)
    _ = try await world.create(in: "other")
    let id = try await world.create()
    let path = "/v1/iccs/\(id)/events"
    #expect(await world.send("POST", "/v1/iccs/\(id)/release", as: .admin).status == 200)
    #expect(await types(world, path, as: .admin) == ["icc.created", "user-arn.shared", "icc.released"])
    for role in [Role.editor, .viewer] { #expect(await types(world, path, as: role) == ["icc.created"]) }
  }

  /// The registry looks for a role in other organisations whenever an ICC starts to use it.
  @Test(arguments: ["a", "zz"]) func `a role shared with another organisation is found on every change`(other: String)
    async throws
  {
    let world = try await World()
    _ = await world.send("POST", "/v1/organisations", as: .admin, json: #"{"id":"\#(other)"}"#)
    _ = try await world.create(in: other)
    let id = try await world.create()
    let path = "/v1/iccs/" + id
    let patch = { (role: String) in
      await world.patch(id, #"{"userArn":"arn:aws:iam::111122223333:role/\#(role)"}"#).status
    }
    #expect(await patch("mine") == 200)
    #expect(await patch("infosum-import") == 200)
    #expect(await world.patch(id, #"{"prefix":"other/"}"#).status == 200)
    #expect(await world.send("DELETE", path, as: .editor).status == 204)
    #expect(await world.send("POST", path + "/restore", as: .editor).status == 200)
    #expect(
      await types(world, path + "/events", as: .admin) == [
        "icc.created", "user-arn.shared", "icc.updated", "icc.updated", "user-arn.shared", "icc.updated",
        "icc.deleted", "icc.restored", "user-arn.shared",
      ])
  }

  @Test func `every change is in the audit trail`() async throws {
    let world = try await World()
    let before = await types(world, "/v1/events?limit=200", as: .admin).count
    #expect(await world.send("POST", "/v1/organisations", as: .admin, json: #"{"id":"other"}"#).status == 201)
    let made = await world.send(
      "POST", "/v1/tokens", as: .admin, json: #"{"name":"t","role":"editor","organisation":"other"}"#)
    let token = try #require(made.json["id"]?.stringValue)
    #expect(await world.send("DELETE", "/v1/tokens/" + token, as: .admin).status == 204)
    let path = "/v1/iccs/" + (try await world.create())
    for (method, step, status) in [
      ("POST", "/disable", 200), ("POST", "/disable", 200), ("POST", "/enable", 200),
      ("POST", "/external-id/rotate", 200), ("POST", "/external-id/cancel", 200), ("POST", "/external-id/rotate", 200),
      ("POST", "/external-id/promote", 200), ("DELETE", "", 204), ("POST", "/restore", 200),
    ] {
      #expect(await world.send(method, path + step, as: .editor).status == status, "\(step)")
    }
    #expect(await world.send("DELETE", "/v1/organisations/other", as: .admin).status == 204)
    let after = await types(world, "/v1/events?limit=200", as: .admin)
    #expect(
      Array(after[before...]) == [
        "organisation.created", "token.created", "token.revoked", "icc.created", "icc.disabled", "icc.enabled",
        "external-id.rotated", "external-id.cancelled", "external-id.rotated", "external-id.promoted", "icc.deleted",
        "icc.restored", "organisation.deleted",
      ])
  }

  @Test func `the change feed continues after the given number`() async throws {
    let world = try await World()
    for number in 1...3 { _ = try await world.create(named: "ICC \(number)") }
    let all = try #require(await world.send("GET", "/v1/events?limit=200", as: .admin).json["items"]?.arrayValue)
    let last = try #require(all[all.count - 2]["seq"]?.numberValue?.int)
    let rest = await world.send("GET", "/v1/events?after=\(last)", as: .admin).json["items"]?.arrayValue
    #expect(rest?.count == 1 && rest?.first?["seq"] == all.last?["seq"])
  }
}
