import HTTPWire
import JSON
import Registry
import RegistryAPI
import System
import Testing

/// The alarm about an ICC whose role another organisation used before.
@Suite struct AlarmTests {
  private let verifier = ScriptedVerifier()

  /// A world in which `other` has an ICC on the role, and one of `default` was created later.
  private func sharedWorld() async throws -> (World, String, String) {
    let world = try await World { [verifier] in $0.verifier = verifier }
    _ = await world.send("POST", "/v1/organisations", as: .admin, json: #"{"id":"other"}"#)
    let first = try await world.create(named: "First", in: "other")
    return (world, first, try await world.create(named: "Second"))
  }

  private func obstacles(_ world: World, _ id: String, as role: Role) async -> [String] {
    let icc = await world.send("GET", "/v1/iccs/" + id, as: role).json
    return icc["notUsableBecause"]?.arrayValue?.compactMap(\.stringValue) ?? ["?"]
  }

  @Test func `administrators see the alarm, and tenants do not`() async throws {
    let (world, first, second) = try await sharedWorld()
    let alarms = await world.send("GET", "/v1/alarms", as: .admin).json["items"]
    #expect(alarms?.arrayValue?.count == 1)
    #expect(alarms?[0]?["held"] == true && alarms?[0]?["icc"]?["id"]?.stringValue == second)
    #expect(alarms?[0]?["icc"]?["organisation"] == "default" && alarms?[0]?["icc"]?["name"] == "Second")
    #expect(alarms?[0]?["userArn"]?.stringValue?.hasSuffix("role/infosum-import") == true)
    #expect(alarms?[0]?["raisedAt"]?.stringValue == "\(World.start)")
    #expect(alarms?[0]?["others"]?.arrayValue?.count == 1)
    #expect(alarms?[0]?["others"]?[0]?["id"]?.stringValue == first)
    for role in [Role.editor, .viewer, .connector] {
      #expect(await world.send("GET", "/v1/alarms", as: role).status == 403)
      #expect(await world.send("POST", "/v1/iccs/\(second)/release", as: role).status == 403)
    }
    #expect(await obstacles(world, second, as: .admin) == ["not-verified", "held"])
    #expect(await obstacles(world, second, as: .connector) == ["not-verified", "held"])
    #expect(await obstacles(world, second, as: .viewer) == ["not-verified"])
    #expect(await obstacles(world, first, as: .admin) == ["not-verified"])
  }

  @Test func `a held ICC is never usable by workers, also if nothing must be verified`() async throws {
    let world = try await World { $0.requireVerified = .never }
    _ = await world.send("POST", "/v1/organisations", as: .admin, json: #"{"id":"other"}"#)
    _ = try await world.create(named: "First", in: "other")
    let second = try await world.create(named: "Second")
    let names = { (role: Role) in
      await world.send("GET", "/v1/iccs?usable=true", as: role).json["items"]?.arrayValue?
        .compactMap { $0["name"]?.stringValue }
    }
    #expect(await obstacles(world, second, as: .viewer) == [])
    #expect(await obstacles(world, second, as: .connector) == ["held"])
    #expect(await names(.connector) == ["First"])
    #expect(await names(.viewer) == ["Second"])
    _ = await world.send("POST", "/v1/iccs/\(second)/release", as: .admin)
    #expect(await obstacles(world, second, as: .connector) == [])
    #expect(await names(.connector) == ["First", "Second"])
  }

  @Test func `a release is conditional, idempotent and ends the alarm`() async throws {
    let (world, _, second) = try await sharedWorld()
    let path = "/v1/iccs/\(second)/release"
    #expect(await world.send("POST", path, as: .admin, headers: ["If-Match": "\"2\""]).status == 412)
    #expect(await world.send("POST", path + "?dryRun=true", as: .admin).json["usable"] == false)
    #expect(await world.send("GET", "/v1/alarms", as: .admin).json["items"]?.arrayValue?.count == 1)
    let released = await world.send("POST", path, as: .admin, headers: ["If-Match": "\"1\""])
    #expect(released.status == 200 && released.header("ETag") == "\"2\"")
    #expect(released.json["notUsableBecause"] == ["not-verified"])
    #expect(await world.send("GET", "/v1/alarms", as: .admin).json["items"]?.arrayValue?.isEmpty == true)
    let again = await world.send("POST", path, as: .admin)
    #expect(again.status == 200 && again.body == released.body)
    #expect(await world.send("POST", "/v1/iccs/icc_0/release", as: .admin).status == 404)
  }

  @Test func `the log learns of each new alarm, and of nothing else`() async throws {
    let (world, _, second) = try await sharedWorld()
    let path = "/v1/iccs/" + second
    let own = await world.patch(second, #"{"userArn":"arn:aws:iam::111122223333:role/own"}"#)
    #expect(own.answer.alarm == nil)
    let held = await world.patch(second, #"{"userArn":"arn:aws:iam::111122223333:role/infosum-import"}"#)
    #expect(held.answer.alarm?.id.text == second && held.answer.alarm?.isHeld == true)
    #expect(await world.patch(second, #"{"prefix":"x/"}"#).answer.alarm == nil)
    #expect(await world.send("POST", path + "/release", as: .admin).answer.alarm == nil)
    let body = World.icc.replacing(#""Acme""#, with: #""Third""#)
    #expect(await world.send("POST", "/v1/iccs", as: .editor, json: body).answer.alarm == nil)
  }

  @Test func `of two organisations that name a role at the same time exactly one is held`() async throws {
    let world = try await World()
    _ = await world.send("POST", "/v1/organisations", as: .admin, json: #"{"id":"other"}"#)
    for round in 0..<20 {
      async let one = Self.create(round, in: "default", world)
      async let two = Self.create(round, in: "other", world)
      let held = await [one, two].count { $0.json["notUsableBecause"]?.arrayValue?.contains("held") == true }
      #expect(held == 1, "round \(round)")
    }
  }

  private static func create(_ round: Int, in organisation: String, _ world: World) async -> Received {
    let body = World.icc.replacing("role/infosum-import", with: "role/r\(round)")
      .replacing(#""Acme","#, with: #""ICC \#(round)","organisation":"\#(organisation)","#)
    return await world.send("POST", "/v1/iccs", as: .admin, json: body)
  }

  @Test func `alarms are listed by page`() async throws {
    let (world, _, _) = try await sharedWorld()
    for number in 1...3 { _ = try await world.create(named: "More \(number)") }
    var names: [String?] = []
    var cursor: String? = ""
    while let page = cursor {
      let found = await world.send("GET", "/v1/alarms?limit=2" + page, as: .admin).json
      names += found["items"]?.arrayValue?.map { $0["icc"]?["name"]?.stringValue } ?? []
      cursor = found["nextCursor"]?.stringValue.map { "&cursor=" + $0 }
    }
    #expect(names == ["Second", "More 1", "More 2", "More 3"])
  }
}
