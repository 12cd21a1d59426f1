import FilterLanguage
import HTTPWire
import JSON
import Registry
import Testing

@testable import RegistryAPI

/// The lists and the tokens of InfoSum's API.
@Suite struct InfoSumListTests {
  private func world() async throws -> World {
    let world = try await World()
    for name in ["b", "a", "d", "c"] {
      _ = await world.createConfig(name: name)
      world.time.advance(milliseconds: 1000)
    }
    return world
  }

  @Test(
    arguments: [
      ([], "c d a b", 0, 4), ([("pagination.per_page", "3")], "c d a", 2, 4),
      ([("pagination.per_page", "3"), ("pagination.page", "2")], "b", 0, 4),
      ([("pagination.per_page", "2"), ("pagination.page", "2")], "a b", 0, 4),
      ([("pagination.page", "3")], "", 0, 4), ([("order_by", "name ASC")], "a b c d", 0, 4),
      ([("order_by", "name DESC"), ("pagination.per_page", "1")], "d", 2, 4),
      ([("order_by", "connector_type ASC,created_date_time ASC")], "b a d c", 0, 4),
      ([("order_by", "updated_date_time DESC, name ASC")], "c d a b", 0, 4),
      ([("filter", "name ge 'b' and name ne 'c'")], "d b", 0, 2),
      ([("filter", "created_date_time gt '\(World.start)'"), ("pagination.per_page", "2")], "c d", 2, 3),
      ([("filter", "NAME ICO 'A' or name eq 'c'"), ("order_by", "name ASC")], "a c", 0, 2),
    ] as [([(String, String)], String, Int, Int)])
  func `a list has pages, an order and a filter`(
    query: [(String, String)], names: String, next: Int, total: Int
  ) async throws {
    let page = try await world().list(query)
    #expect(page.names?.joined(separator: " ") == names, "\(page.text)")
    let pagination: JSONValue = [
      "next_page": .number(next), "results": .number(page.names?.count ?? -1), "total_results": .number(total),
    ]
    #expect(page.json["pagination"] == pagination)
  }

  @Test(arguments: [
    ("pagination.page", "0"), ("pagination.page", "1001"), ("pagination.per_page", "501"), ("pagination.per_page", "x"),
    ("order_by", "name"), ("order_by", "name asc"), ("order_by", "bucket ASC"), ("order_by", "name ASC,"),
    ("order_by", ""), ("order_by", "name ASC,name ASC,name ASC,name ASC,name ASC"), ("filter", "name"), ("filter", ""),
    ("limit", "1"),
  ])
  func `an invalid parameter is a 400 that names it`(name: String, value: String) async throws {
    let page = try await World().list([(name, value)])
    #expect(page.status == 400, "\(page.text)")
    #expect(page.json["errors"]?[0]?["parameter"]?.stringValue == name)
  }

  @Test func `an error of a filter names the character`() async throws {
    let page = try await World().list([("filter", "name eq 'a' and nam eq 'b'")])
    #expect(page.json["details"]?["code"] == "filter.unknown-field")
    #expect(page.json["details"]?["message"] == "Character 17: Unknown field. Did you mean name?")
  }

  /// SQLite's parser has limits of its own, which these must not reach.
  @Test(arguments: [
    ("(", ")", 1), ("not (", ")", 2), ("name eq 'x' or (name eq 'y' and (", "))", 2),
    ("name eq 'x' and not (", ")", 2), ("not ", "", 1),
  ])
  func `the deepest filters and the longest ones run`(open: String, close: String, levels: Int) async throws {
    let world = try await world()
    let count = FilterParser.maxDepth / levels
    let deep = String(repeating: open, count: count) + "name eq 'a'" + String(repeating: close, count: count)
    let page = await world.list([("filter", deep)])
    #expect(page.status == 200, "\(page.text)")
    let many = Array(repeating: "name eq 'a'", count: FilterParser.maxComparisons)
    for word in [" or ", " and "] {
      #expect(await world.list([("filter", many.joined(separator: word))]).names == ["a"])
    }
  }

  @Test func `the token is sent with or without its scheme, under these paths alone`() async throws {
    let world = try await World { $0.failureLimit.burst = 1000 }
    let token = world.token(.viewer)
    for (value, path, status) in [
      (token, World.configs, 200), ("Bearer " + token, World.configs, 200), ("bearer  " + token, World.configs, 200),
      (token, "/v1/iccs", 401), ("Basic " + token, World.configs, 401), (token + "x", World.configs, 401),
      ("", World.configs, 401), ("Bearer", World.configs, 401), (token + " x", World.configs, 401),
      ("Bearer" + token, World.configs, 401), ("bear", World.configs, 401),
    ] {
      let received = await world.send("GET", path, headers: ["Authorization": value])
      #expect(received.status == status, "\(value) \(path)")
      if status == 401, path == World.configs {
        #expect(received.json["error"]?["code"] == "unauthenticated" && received.header("WWW-Authenticate") != nil)
      }
    }
    let refused = await world.send("POST", World.configs, as: .viewer, json: World.config())
    #expect(refused.status == 403 && refused.json["error"]?["code"] == "forbidden")
  }

  @Test func `other connectors' calls are answered with an explanation`() async throws {
    let world = try await world()
    let id = await world.createConfig(name: "x")
    for (method, path) in [("POST", "/gpg-keys/\(id)/refresh"), ("GET", "/host-key/sftp.example/22")] {
      let received = await world.send(method, World.configs + path, as: .editor)
      #expect(received.status == 400 && received.json["error"]?["code"] == "connector.unsupported")
    }
  }

  @Test func `errors before a route have InfoSum's form too`() async throws {
    let world = try await World()
    for (method, path, status) in [
      ("GET", "/api/v2/nothing", 404), ("PUT", World.configs, 405), ("GET", World.configs + "/", 404),
      ("BREW", World.configs, 501),
    ] {
      let received = await world.send(method, path, as: .admin)
      #expect(received.status == status && received.json["error"]?["code"] != nil, "\(received.text)")
    }
    #expect(await world.send("GET", "/api/v1", as: .admin).json["code"] == "not-found")
  }

  @Test func `the setting turns the paths off`() async throws {
    let world = try await World { $0.servesInfoSumAPI = false }
    for path in [World.configs, World.configs + "/icc_00000000000000000000000000"] {
      let received = await world.send("GET", path, as: .admin)
      #expect(received.status == 404 && received.json["code"] == "not-found")
      #expect(await world.send("GET", path, headers: ["Authorization": world.token(.admin)]).status == 404)
    }
    let document = await world.send("GET", "/openapi.json").text
    #expect(!document.contains("/api/v2") && !document.contains("connectorConfig"))
    #expect(try await World().send("GET", "/openapi.json").text.contains("/api/v2"))
  }
}
