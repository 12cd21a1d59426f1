import HTTPWire
import JSON
import Registry
import Testing

@testable import RegistryAPI

/// Every operation with every kind of token, for its own organisation, for others, and for what
/// does not exist.
@Suite struct MatrixTests {
  /// The roles that may call each operation, written by hand: a for admin, o for owner, e for
  /// editor, v for viewer, u for auditor, c for connector, m for monitor.
  private static let allowed = [
    "createIcc": "aoe", "listIccs": "aoevuc", "getIcc": "aoevuc", "changeIcc": "aoe", "deleteIcc": "aoe",
    "restoreIcc": "aoe", "enableIcc": "aoe", "disableIcc": "aoe", "rotateExternalId": "aoe",
    "promoteExternalId": "aoe", "cancelExternalIdRotation": "aoe", "getExternalId": "aoevuc",
    "getPrincipal": "aoevuc", "getTrustPolicy": "aoevuc", "getRole": "aoevuc", "getPermissionPolicy": "aoevuc",
    "getBucketPolicy": "aoevuc", "getKeyPolicy": "aoevuc", "getSetup": "aoevuc", "checkPolicies": "aoevu",
    "getMergedTrustPolicy": "aoevuc", "verifyIcc": "aoe", "listVerifications": "aoevu", "listIccEvents": "aoevu",
    "listEvents": "aouc", "createOrganisation": "a", "listOrganisations": "au", "getOrganisation": "au",
    "changeOrganisation": "a", "deleteOrganisation": "a",
    "createToken": "ao", "listTokens": "aou", "revokeTokens": "ao", "revokeToken": "ao",
    "readSession": "aoevucm", "createSession": "aoevucm", "endSession": "aoevucm", "rotateSession": "aoevucm",
    "getMetrics": "aum",
    "listConnectorConfigs": "aoevuc", "createConnectorConfig": "aoe", "getConnectorConfig": "aoevuc",
    "changeConnectorConfig": "aoe", "deleteConnectorConfig": "aoe", "refreshGpgKey": "aoe", "getHostKey": "aoevuc",
    "listAlarms": "au", "releaseIcc": "a", "listUsages": "aoevuc", "announceUsage": "aoc", "endUsage": "aoc",
    "createHandOver": "aoe", "listHandOvers": "aoevu", "revokeHandOver": "aoe",
  ]
  private static let letters: [Role: Character] = [
    .admin: "a", .owner: "o", .editor: "e", .viewer: "v", .auditor: "u", .connector: "c", .monitor: "m",
  ]
  private static let absent = "00000000000000000000000000"
  /// The metrics count what happens in all organisations, and alarms are between organisations.
  private static let notForLimitedTokens = ["getMetrics", "listAlarms"]

  private static func mayCall(_ caller: MatrixWorld.Caller, _ operation: String) -> Bool {
    guard let letter = letters[caller.role], allowed[operation]?.contains(letter) == true else { return false }
    return !(caller.isLimited && notForLimitedTokens.contains(operation))
  }

  private static let guarded = RouteTable.all.filter { route in
    switch route.access {
    case .open, .link: false
    case .action, .actionUnlessPublic: true
    }
  }

  private func send(
    _ route: Route, _ id: String, by caller: MatrixWorld.Caller, _ matrix: MatrixWorld
  ) async -> Received {
    let (world, handOvers) = (matrix.world, matrix.handOvers)
    var query = route.operation.query.contains { $0.name == "dryRun" } ? "?dryRun=true" : ""
    var (body, headers): (String?, [String: String]) = (nil, ["Idempotency-Key": "matrix"])
    switch route.operation.id {
    case "changeIcc": (body, headers) = (#"{"description":"new"}"#, ["Content-Type": "application/merge-patch+json"])
    case "changeOrganisation":
      (body, headers) = (#"{"name":"New"}"#, ["Content-Type": "application/merge-patch+json"])
    case "checkPolicies": body = #"{"trustPolicy":{}}"#
    case "getMergedTrustPolicy": query = "?userArn=arn:aws:iam::111122223333:role/acme&organisation=acme"
    case "revokeTokens": query += "&organisation=acme"
    case "announceUsage": body = #"{"expiresAt":"\#(World.start.adding(milliseconds: 1000))"}"#
    default: if route.operation.body != nil { body = "{}" }
    }
    let path =
      route.template.text.replacing("{id}", with: id).replacing("{config_id}", with: id)
      .replacing("{key}", with: "job-1").replacing("{handOver}", with: handOvers[id] ?? "hov_" + Self.absent) + query
    let received = await world.send(route.method.name, path, bearer: caller.text, json: body, headers: headers)
    if route.operation.id == "deleteConnectorConfig", received.status == 200 {
      #expect(await world.send("POST", "/v1/iccs/\(id)/restore", as: .admin).status == 200)
    }
    return received
  }

  @Test func `the table covers every operation that requires a token`() {
    #expect(Set(Self.guarded.map(\.operation.id)) == Set(Self.allowed.keys))
  }

  @Test func `every operation is granted to its roles, for their own organisations alone`() async throws {
    let matrix = try await MatrixWorld()
    var calls = 0
    for route in Self.guarded {
      for caller in matrix.callers {
        let isAllowed = Self.mayCall(caller, route.operation.id)
        let ids = Self.ids(for: route, matrix)
        let none = await send(route, ids.absent, by: caller, matrix)
        #expect((none.status == 403) == !isAllowed, "\(caller) \(route.operation.id) \(none.status)")
        #expect(none.status != 401 && none.status != 500)
        for (organisation, id) in ids.present {
          let found = await send(route, id, by: caller, matrix)
          calls += 1
          let label: Comment = "\(caller) \(route.operation.id) \(organisation) \(found.status) \(found.text)"
          if !isAllowed || !caller.sees(organisation) {
            #expect(found.textWithoutRequestID == none.textWithoutRequestID && found.status == none.status, label)
            #expect(found.status == (isAllowed ? 404 : 403), label)
          } else {
            #expect(found.status != 403 && found.status != 404 && found.status < 500 || found.status == 503, label)
          }
        }
        calls += 1
      }
    }
    #expect(calls > 1_400)
  }

  /// The identifiers that a path can have: of each organisation, and one that does not exist. A
  /// path without an identifier has none.
  private static func ids(for route: Route, _ matrix: MatrixWorld) -> (present: [(String, String)], absent: String) {
    let path = route.template.text
    let names = MatrixWorld.organisations
    if path.hasPrefix("/v1/iccs/{id}") || path.contains("{config_id}") {
      return (names.map { ($0, matrix.iccs[$0] ?? "") }, "icc_" + absent)
    }
    if path.hasPrefix("/v1/tokens/{id}") { return (names.map { ($0, matrix.tokens[$0]?.id ?? "") }, "tok_" + absent) }
    if path.hasPrefix("/v1/organisations/{id}") { return (names.map { ($0, $0) }, "nobody") }
    return ([], "")
  }

  @Test func `lists, counts and cursors hold the caller's organisations alone`() async throws {
    let matrix = try await MatrixWorld()
    let world = matrix.world
    let configs = "/api/v2/imports/connector-configs?pagination.per_page=3"
    for caller in matrix.callers where caller.role != .monitor {
      let expected = MatrixWorld.organisations.filter(caller.sees)
      var seen: [String] = []
      var path: String? = "/v1/iccs?limit=1"
      while let page = path {
        let received = await world.send("GET", page, bearer: caller.text)
        seen += received.json["items"]?.arrayValue?.compactMap { $0["organisation"]?.stringValue } ?? []
        path = received.json["nextCursor"]?.stringValue.map { "/v1/iccs?limit=1&cursor=" + $0 }
      }
      #expect(seen == expected, "\(caller)")
      let configs = await world.send("GET", configs, bearer: caller.text).json
      #expect(configs["configs"]?.arrayValue?.compactMap { $0["owner_id"]?.stringValue }.sorted() == expected)
      #expect(configs["pagination"]?["total_results"]?.numberValue?.int == expected.count, "\(caller)")
      for name in MatrixWorld.organisations {
        let filtered = await world.send("GET", "/v1/iccs?organisation=" + name, bearer: caller.text)
        #expect(filtered.json["items"]?.arrayValue?.count == (caller.sees(name) ? 1 : 0), "\(caller) \(name)")
      }
      for (operation, path) in [
        ("listEvents", "/v1/events?limit=200"), ("listTokens", "/v1/tokens?limit=200"),
        ("listOrganisations", "/v1/organisations"),
      ] where Self.mayCall(caller, operation) {
        let text = await world.send("GET", path, bearer: caller.text).text
        for name in MatrixWorld.organisations {
          #expect(text.contains("\"\(name)\"") == caller.sees(name), "\(caller) \(operation) \(name) \(text)")
        }
      }
      for name in MatrixWorld.organisations where Self.mayCall(caller, "revokeTokens") {
        let path = "/v1/tokens?dryRun=true&organisation=" + name
        let count = await world.send("DELETE", path, bearer: caller.text).json["revoked"]?.numberValue?.int
        #expect((count ?? 0 > 0) == caller.sees(name), "\(caller) \(name) \(count ?? -1)")
      }
    }
  }

  @Test func `a cursor of one set of organisations is not one of another`() async throws {
    let matrix = try await MatrixWorld()
    let connectors = matrix.callers.filter { $0.role == .connector }
    for one in connectors {
      let page = await matrix.world.send("GET", "/v1/iccs?limit=1", bearer: one.text)
      guard let cursor = page.json["nextCursor"]?.stringValue else { continue }
      for other in connectors {
        let status = await matrix.world.send("GET", "/v1/iccs?cursor=" + cursor, bearer: other.text).status
        #expect(status == (one.organisations == other.organisations ? 200 : 422), "\(one) \(other)")
      }
    }
  }

  /// The roles that an owner may make, for its own organisation and for another one.
  @Test func `an owner makes tokens of its organisation with its own rights at most`() async throws {
    let matrix = try await MatrixWorld()
    let owner = try #require(matrix.callers.first { $0.role == .owner })
    for role in Role.allCases {
      let isWithin = [.owner, .editor, .viewer, .connector].contains(role)
      for (fields, isOwn) in [
        ("", true), (#","organisation":"acme""#, true), (#","organisation":"globex""#, false),
        (#","organisation":"nobody""#, false), (#","organisations":["acme","globex"]"#, false),
      ] {
        let made = await matrix.world.send(
          "POST", "/v1/tokens?dryRun=true", bearer: owner.text,
          json: #"{"name":"t","role":"\#(role.rawValue)"\#(fields)}"#)
        #expect(made.status == (isWithin && isOwn ? 201 : 422), "\(role) \(fields) \(made.text)")
        if made.status == 201 { #expect(made.json["organisations"] == ["acme"]) }
      }
    }
    let globex = await matrix.world.send(
      "POST", "/v1/tokens", bearer: owner.text, json: #"{"name":"t","role":"viewer","organisation":"globex"}"#)
    let nobody = await matrix.world.send(
      "POST", "/v1/tokens", bearer: owner.text, json: #"{"name":"t","role":"viewer","organisation":"nobody"}"#)
    #expect(globex.textWithoutRequestID.replacing("globex", with: "nobody") == nobody.textWithoutRequestID)
  }
}
