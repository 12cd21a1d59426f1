import HTTPWire
import JSON
import Registry
import Testing

@testable import RegistryAPI

@Suite struct AccessTests {
  /// The operations after which the token that was sent is not valid any more.
  private static let endsItsToken = ["rotateSession", "endSession"]

  /// Calls every route with every role, without a token, and with an unknown token.
  @Test func `every route grants access to the roles in the access table`() async throws {
    let world = try await World { $0.failureLimit.burst = 10_000 }
    for route in RouteTable.all {
      let path =
        route.template.text.replacing(/{(config_)?id}/, with: "icc_00000000000000000000000000")
        .replacing("{code}", with: "forbidden") + (Self.endsItsToken.contains(route.operation.id) ? "?dryRun=true" : "")
      let method = route.method.name
      switch route.access {
      case .open:
        #expect(await world.send(method, path).status != 401, "\(method) \(path)")
      case .link:
        #expect(await world.send(method, path).status == 401)
        for role in Role.allCases { #expect(await world.send(method, path, as: role).status == 401) }
      case .action(let action), .actionUnlessPublic(let action):
        let none = await world.send(method, path)
        #expect(none.status == 401)
        #expect(none.header("WWW-Authenticate") == "Bearer realm=\"icc-registry\"")
        let stranger = await world.send(method, path, bearer: TokenText.random().text)
        #expect(stranger.status == 401)
        #expect(stranger.header("WWW-Authenticate") == "Bearer realm=\"icc-registry\", error=\"invalid_token\"")
        for role in Role.allCases {
          let status = await world.send(method, path, as: role).status
          #expect((status == 403) == !AccessTable.roles(for: action).contains(role), "\(role) \(method) \(path)")
          #expect(status != 401 && status < 500, "\(role) \(method) \(path) \(status)")
        }
      }
    }
  }

  @Test func `the access table is the agreed one`() {
    let own: Set<Action> = [.readSession, .createSession, .rotateSession, .endSession]
    let reading = own.union([.listICCs, .readICC, .readUsages])
    let granted = { (role: Role) in Set(Action.allCases.filter { AccessTable.allows(role, $0) }) }
    #expect(granted(.admin) == Set(Action.allCases))
    #expect(granted(.connector) == reading.union([.readEvents, .useICC]))
    #expect(granted(.monitor) == own.union([.readMetrics]))
    #expect(
      granted(.viewer)
        == reading.union([.checkICC, .readICCEvents, .readVerifications, .readEventActors, .listHandOvers]))
    #expect(
      granted(.auditor)
        == granted(.viewer).union([
          .readEvents, .readEventAddresses, .readAdministratorsEvents, .readOrganisations, .listTokens, .readMetrics,
          .listAlarms,
        ]))
    #expect(granted(.owner) == granted(.editor).union([.useICC, .readEvents, .listTokens, .createToken, .revokeToken]))
    #expect(
      granted(.editor)
        == granted(.viewer).union([
          .createICC, .changeICC, .deleteICC, .restoreICC, .switchICC, .rotateExternalID, .verifyICC,
          .createHandOver, .revokeHandOver,
        ]))
  }

  @Test func `an ICC of another organisation looks like none`() async throws {
    let world = try await World()
    #expect(await world.send("POST", "/v1/organisations", as: .admin, json: #"{"id":"other"}"#).status == 201)
    let id = try await world.create(in: "other")
    for suffix in ["", "/external-id", "/principal", "/trust-policy", "/permission-policy", "/events"] {
      let foreign = await world.send("GET", "/v1/iccs/\(id)\(suffix)", as: .viewer)
      let absent = await world.send(
        "GET", "/v1/iccs/icc_00000000000000000000000000\(suffix)", as: .viewer)
      #expect(foreign.status == 404)
      #expect(foreign.textWithoutRequestID == absent.textWithoutRequestID)
    }
    #expect(await world.send("DELETE", "/v1/iccs/" + id, as: .editor).status == 404)
    #expect(await world.send("GET", "/v1/iccs", as: .editor).json["items"]?.arrayValue?.isEmpty == true)
    #expect(await world.send("GET", "/v1/iccs", as: .connector).json["items"]?.arrayValue?.count == 1)
  }

  @Test func `a revoked token is rejected immediately`() async throws {
    let world = try await World()
    let made = await world.send(
      "POST", "/v1/tokens", as: .admin, json: #"{"name":"t","role":"editor","organisation":"default"}"#)
    let text = try #require(made.json["token"]?.stringValue)
    let id = try #require(made.json["id"]?.stringValue)
    #expect(await world.send("GET", "/v1/iccs", bearer: text).status == 200)
    #expect(await world.send("DELETE", "/v1/tokens/" + id, as: .admin).status == 204)
    #expect(await world.send("GET", "/v1/iccs", bearer: text).status == 401)
    #expect(!(await world.send("GET", "/v1/tokens", as: .admin)).text.contains(text))
  }

  @Test func `an expired token is rejected`() async throws {
    let world = try await World()
    let made = await world.send(
      "POST", "/v1/tokens", as: .admin, json: #"{"name":"t","role":"connector","expiresInDays":1}"#)
    let text = try #require(made.json["token"]?.stringValue)
    #expect(await world.send("GET", "/v1/iccs", bearer: text).status == 200)
    world.time.advance(milliseconds: 86_400_000)
    #expect(await world.send("GET", "/v1/iccs", bearer: text).status == 401)
  }

  @Test func `guesses are limited and valid tokens are not`() async throws {
    let world = try await World { $0.failureLimit.burst = 3 }
    for _ in 0..<3 { #expect(await world.send("GET", "/v1/iccs", bearer: "guess").status == 401) }
    let limited = await world.send("GET", "/v1/iccs", bearer: "guess")
    #expect(limited.status == 429)
    #expect(limited.header("Retry-After") == "1")
    #expect(await world.send("GET", "/v1/iccs", as: .viewer).status == 200)
    #expect(await world.send("GET", "/v1/iccs", bearer: "guess", from: "192.0.2.2").status == 401)
  }

  @Test func `an organisation with ICCs cannot be deleted`() async throws {
    let world = try await World()
    _ = await world.send("POST", "/v1/organisations", as: .admin, json: #"{"id":"other"}"#)
    let id = try await world.create(in: "other")
    let blocked = await world.send("DELETE", "/v1/organisations/other", as: .admin)
    #expect(blocked.status == 409)
    #expect(blocked.json["conflicts"]?[0]?["id"]?.stringValue == id)
    #expect(await world.send("DELETE", "/v1/iccs/" + id, as: .admin).status == 204)
    #expect(await world.send("DELETE", "/v1/organisations/other", as: .admin).status == 204)
    #expect(await world.send("GET", "/v1/organisations/other", as: .admin).status == 404)
    #expect(await world.send("POST", "/v1/organisations", as: .admin, json: #"{"id":"other"}"#).status == 409)
  }

  @Test func `an organisation is renamed, and its ID stays`() async throws {
    let world = try await World()
    _ = await world.send("POST", "/v1/organisations", as: .admin, json: #"{"id":"other","name":"Other"}"#)
    let path = "/v1/organisations/other"
    let rename = { (json: String, condition: String, path: String) in
      await world.send(
        "PATCH", path, as: .admin, json: json,
        headers: ["Content-Type": "application/merge-patch+json", "If-Match": condition])
    }
    let renamed = await rename(#"{"name":"Another"}"#, #""1""#, path)
    #expect(renamed.status == 200 && renamed.json["name"] == "Another" && renamed.json["id"] == "other")
    #expect(renamed.json["version"] == 2 && renamed.header("ETag") == #""2""#)
    #expect(await rename(#"{"name":"Third"}"#, #""1""#, path).status == 412)
    #expect(await rename(#"{"name":"Third"}"#, "*", path + "?dryRun=true").json["version"] == 3)
    for unchanged in ["{}", #"{"name":"Another"}"#] {
      #expect(await rename(unchanged, "*", path).json["version"] == 2)
    }
    for wrong in [#"{"name":null}"#, #"{"name":""}"#, #"{"id":"x"}"#] {
      #expect(await rename(wrong, "*", path).status == 422, "\(wrong)")
    }
    #expect(await rename("{}", "*", "/v1/organisations/nobody").status == 404)
    #expect(await world.send("GET", path, as: .admin).text == renamed.text)
    #expect(await world.send("DELETE", path, as: .admin, headers: ["If-Match": #""1""#]).status == 412)
    #expect(await world.send("DELETE", path, as: .admin, headers: ["If-Match": #""2""#]).status == 204)
    let events = await world.send("GET", "/v1/events?limit=200", as: .admin).json["items"]?.arrayValue ?? []
    let seen = events.filter { $0["subject"] == "other" }
    #expect(
      seen.compactMap { $0["type"]?.stringValue } == ["created", "updated", "deleted"].map { "organisation." + $0 })
    #expect(seen.map { $0["version"]?.numberValue?.int } == [nil, 2, 3])
    #expect(seen.dropFirst().first?["changes"]?["name"] == ["before": "Other", "after": "Another"])
  }

  @Test func `only administrators see the event of a shared role`() async throws {
    let world = try await World()
    _ = await world.send("POST", "/v1/organisations", as: .admin, json: #"{"id":"other"}"#)
    _ = try await world.create()
    _ = try await world.create(in: "other")
    let all = await world.send("GET", "/v1/events", as: .admin).text
    #expect(all.contains("user-arn.shared"))
    let seen = await world.send("GET", "/v1/events", as: .connector)
    #expect(!seen.text.contains("user-arn.shared"))
    #expect(!seen.text.contains("tok_"))
  }

  @Test func `an organisation with many ICCs names the first 100 of them and their number`() async throws {
    let world = try await World()
    _ = await world.send("POST", "/v1/organisations", as: .admin, json: #"{"id":"large"}"#)
    for number in 1...103 { _ = try await world.create(named: "ICC \(number)", in: "large") }
    let refused = await world.send("DELETE", "/v1/organisations/large", as: .admin)
    #expect(refused.status == 409 && refused.json["conflicts"]?.arrayValue?.count == 100)
    #expect(refused.json["detail"]?.stringValue?.contains("103 ICCs") == true)
  }
}
