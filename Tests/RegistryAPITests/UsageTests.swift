import JSON
import Registry
import Testing

@testable import RegistryAPI

/// Import jobs announce that they use an ICC; it is not broken under them by mistake.
@Suite struct UsageTests {
  private static let inAnHour = #"{"expiresAt":"\#(World.start.adding(milliseconds: 3_600_000))"}"#

  private static func announce(_ world: World, _ id: String, _ key: String = "job-1", _ json: String = inAnHour) async
    -> Received
  {
    await world.send("PUT", "/v1/iccs/\(id)/usages/\(key)", as: .connector, json: json)
  }

  private static func keys(_ world: World, _ id: String) async -> [String?] {
    let list = await world.send("GET", "/v1/iccs/\(id)/usages", as: .viewer)
    return (list.json["items"]?.arrayValue ?? []).map { $0["key"]?.stringValue }
  }

  @Test func `a usage is announced, renewed, listed and ended`() async throws {
    let world = try await World()
    let id = try await world.create()
    let first = await Self.announce(world, id)
    world.time.advance(milliseconds: 1000)
    let second = await Self.announce(
      world, id, "job-1", #"{"description":"Weekly","expiresAt":"2027-03-01T00:00:00Z"}"#)
    #expect(first.status == 201 && second.status == 200)
    #expect(second.json["createdAt"] == first.json["createdAt"] && second.json["description"]?.stringValue == "Weekly")
    #expect(await Self.keys(world, id) == ["job-1"])
    for _ in 1...2 {
      #expect(await world.send("DELETE", "/v1/iccs/\(id)/usages/job-1", as: .connector).status == 204)
    }
    #expect(await Self.keys(world, id).isEmpty)
  }

  /// Each change that could break an import: method, path below the ICC's, body.
  private static let breaking: [(method: String, path: String, json: String?)] = [
    ("DELETE", "", nil), ("POST", "/disable", nil), ("POST", "/external-id/promote", nil),
    ("PATCH", "", #"{"prefix":"other/"}"#), ("PATCH", "", #"{"userArn":null}"#),
    ("PATCH", "", #"{"sessionName":"another"}"#), ("PATCH", "", #"{"bucketName":"another"}"#),
  ]

  @Test(arguments: breaking.indices)
  func `a change that breaks the connection needs force while the ICC is used`(index: Int) async throws {
    let (method, path, json) = Self.breaking[index]
    let world = try await World()
    let id = try await world.create()
    _ = await world.send("POST", "/v1/iccs/\(id)/external-id/rotate", as: .admin)
    let headers = method == "PATCH" ? ["Content-Type": "application/merge-patch+json"] : [:]
    func change(_ query: String = "") async -> Received {
      await world.send(method, "/v1/iccs/\(id)\(path)\(query)", as: .admin, json: json, headers: headers)
    }
    _ = await Self.announce(world, id)
    let refused = await change()
    #expect(refused.status == 409 && refused.json["code"]?.stringValue == "icc.in-use")
    #expect(refused.json["usages"]?[0]?["key"]?.stringValue == "job-1")
    #expect(await change("?force=true&dryRun=true").status < 300)
    #expect(await change("?force=true").status < 300)
  }

  @Test func `an expired usage protects nothing, and other changes need no force`() async throws {
    let world = try await World()
    let id = try await world.create()
    _ = await Self.announce(world, id)
    #expect(await world.patch(id, #"{"name":"Renamed","description":"x"}"#).status == 200)
    #expect(await world.send("POST", "/v1/iccs/\(id)/external-id/rotate", as: .admin).status == 200)
    #expect(await world.send("POST", "/v1/iccs/\(id)/enable", as: .admin).status == 200)
    world.time.advance(milliseconds: 3_600_000)
    #expect(await Self.keys(world, id).isEmpty)
    #expect(await world.send("DELETE", "/v1/iccs/\(id)", as: .admin).status == 204)
    let later = #"{"expiresAt":"2027-03-01T00:00:00Z"}"#
    #expect(await Self.announce(world, id, "job-1", later).status == 404)
  }

  @Test func `a disabled ICC cannot be used, and an ICC has at most 100 usages`() async throws {
    let world = try await World()
    let id = try await world.create()
    for number in 1...100 { #expect(await Self.announce(world, id, "job-\(number)").status == 201) }
    #expect(await Self.announce(world, id, "job-101").json["code"]?.stringValue == "usage.too-many")
    #expect(await Self.announce(world, id, "job-100").status == 200)
    _ = await world.send("POST", "/v1/iccs/\(id)/disable?force=true", as: .admin)
    #expect(await Self.announce(world, id).json["code"]?.stringValue == "icc.is-disabled")
  }

  @Test(arguments: [
    ("job 1", #"{"expiresAt":"2027-02-01T00:00:00Z"}"#, "usage-key.malformed"),
    ("-job", #"{"expiresAt":"2027-02-01T00:00:00Z"}"#, "usage-key.malformed"),
    (String(repeating: "k", count: 129), #"{"expiresAt":"2027-02-01T00:00:00Z"}"#, "usage-key.malformed"),
    ("job", "{}", "expires-at.missing"), ("job", #"{"expiresAt":"soon"}"#, "expires-at.malformed"),
    ("job", #"{"expiresAt":"2027-01-01T00:00:00Z"}"#, "usage.out-of-range"),
    ("job", #"{"expiresAt":"2027-05-01T00:00:00Z"}"#, "usage.out-of-range"),
    ("job", #"{"expiresAt":"2027-02-01T00:00:00Z","description":"\u0000"}"#, "description.control-character"),
    ("job", #"{"expiresAt":"2027-02-01T00:00:00Z","colour":"red"}"#, "colour.unknown"),
  ])
  func `what is wrong with a usage is named`(key: String, json: String, code: String) async throws {
    let world = try await World()
    let id = try await world.create()
    let refused = await Self.announce(world, id, key, json)
    #expect(refused.status == 422 && refused.json["errors"]?[0]?["code"]?.stringValue == code, "\(refused.text)")
  }

  @Test func `of an announcement and a delete at the same time, exactly one succeeds`() async throws {
    let world = try await World()
    for round in 1...1000 {
      let id = try await world.create(named: "round \(round)")
      async let announced = Self.announce(world, id).status
      async let deleted = world.send("DELETE", "/v1/iccs/\(id)", as: .admin).status
      let outcome = await (announced, deleted)
      #expect(outcome == (201, 409) || outcome == (404, 204), "\(outcome)")
    }
  }
}
