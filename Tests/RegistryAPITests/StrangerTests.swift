import HTTPWire
import JSON
import Registry
import Testing

@testable import RegistryAPI

/// The response for an ICC of another organisation equals that for a missing one, on every route and in every byte.
@Suite struct StrangerTests {
  private static let nobody = "icc_00000000000000000000000000"
  private static let routes = RouteTable.all.filter {
    $0.template.text.hasPrefix("/v1/iccs/{id}") || $0.template.text.contains("{config_id}")
  }

  /// Header fields of the requests.
  private static let variations: [[String: String]] = [
    [:], ["If-Match": "\"1\""], ["If-Match": "\"99\""], ["If-None-Match": "\"1\""], ["If-None-Match": "*"],
    ["Accept": "text/html"], ["Accept": "image/png"], ["If-Match": "unreadable"], ["Content-Type": "text/plain"],
  ]

  /// The other organisation's ICCs: as created, verified, in rotation, disabled, deleted, and a draft.
  private func strangers(_ world: World) async throws -> [String] {
    #expect(await world.send("POST", "/v1/organisations", as: .admin, json: #"{"id":"other"}"#).status == 201)
    var ids: [String] = []
    for step in ["", "/verify", "/external-id/rotate", "/disable"] {
      let id = try await world.create(named: "ICC" + step, in: "other")
      if !step.isEmpty {
        #expect(await world.send("POST", "/v1/iccs/\(id)\(step)", as: .admin).status == 200)
      }
      ids.append(id)
    }
    let deleted = try await world.create(named: "deleted", in: "other")
    #expect(await world.send("DELETE", "/v1/iccs/" + deleted, as: .admin).status == 204)
    let draft =
      #"{"name":"d","connectorType":"s3-cross-account","sessionName":"ab","bucketName":"abc","organisation":"other"}"#
    let made = await world.send("POST", "/v1/iccs", as: .admin, json: draft)
    return ids + [deleted, try #require(made.json["id"]?.stringValue)]
  }

  /// Bodies for a route: its example and invalid ones.
  private static func bodies(_ route: Route) -> [String?] {
    guard let body = route.operation.body else { return [nil] }
    return [body.example.text(), "{}", #"{"unknown":1}"#, "{"]
  }

  private static func queries(_ route: Route) -> [String] {
    [""] + route.operation.query.map { "?\($0.name)=true" } + ["?limit=1", "?format=cli", "?unknown=1"]
  }

  @Test func `every route responds to an ICC of another organisation as to none`() async throws {
    let verifier = ScriptedVerifier()
    let world = try await World { $0.verifier = verifier }
    let ids = try await strangers(world)
    #expect(Self.routes.count == 32)
    var notFound: Set<String> = []
    for route in Self.routes {
      for role in [Role.editor, .viewer] {
        for (query, body, headers) in Self.requests(route) {
          let none = await answer(world, route, Self.nobody + query, role, body, headers)
          for id in ids {
            let stranger = await answer(world, route, id + query, role, body, headers)
            #expect(stranger == none, "\(route.method.name) \(route.template.text)\(query) \(headers) \(role) \(id)")
          }
          #expect(none.status >= 400)
          if none.status == 404 { notFound.insert("\(role) \(route.operation.id)") }
        }
      }
    }
    // If the role has access to the route, some request gets as far as the lookup of the ICC.
    let allowed = Self.routes.flatMap { route in
      [Role.editor, .viewer].filter { allows($0, route) }.map { "\($0) \(route.operation.id)" }
    }
    #expect(notFound == Set(allowed))
  }

  private static func requests(_ route: Route) -> [(String, String?, [String: String])] {
    let bodies = bodies(route)
    return queries(route).flatMap { query in bodies.map { (query, $0, [:]) } }
      + variations.map { ("", bodies[0], $0) }
  }

  private func allows(_ role: Role, _ route: Route) -> Bool {
    guard case .action(let action) = route.access else { return false }
    return AccessTable.allows(role, action)
  }

  /// A whole response without the request ID, which differs for all.
  private struct Whole: Equatable {
    let status: Int
    let fields: [String]
    let body: String
  }

  private func answer(
    _ world: World, _ route: Route, _ rest: String, _ role: Role, _ body: String?, _ headers: [String: String]
  ) async -> Whole {
    let parts = rest.split(separator: "?", maxSplits: 1)
    let path =
      route.template.text.replacing(/{(config_)?id}/, with: parts[0]) + (parts.count == 2 ? "?" + parts[1] : "")
    var headers = headers
    if let type = route.operation.body?.mediaType, headers["Content-Type"] == nil {
      headers["Content-Type"] = type.rawValue
    }
    let received = await world.send(route.method.name, path, as: role, json: body, headers: headers)
    let fields = received.answer.response.headers.fields.filter { $0.name != "X-Request-Id" }
    return Whole(
      status: received.status, fields: fields.map { "\($0.name): \($0.value)" }, body: received.textWithoutRequestID)
  }
}
