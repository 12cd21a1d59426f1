import Dispatch
import HTTPWire
import Registry
import Testing

@testable import RegistryAPI

/// The routes whose work is done on the pool.
@Suite(.timeLimit(.minutes(10))) struct PooledRouteTests {
  /// The routes with a cost that grows with what is stored, or with what is pasted.
  private static let expected: Set<String> = [
    "GET /v1/iccs", "GET /v1/events", "GET /v1/iccs/{id}/events", "GET /v1/tokens", "GET /v1/organisations",
    "GET /v1/iccs/{id}/usages", "GET /v1/iccs/{id}/verifications", "GET /v1/alarms", "GET /v1/iccs/{id}/role",
    "GET /v1/trust-policy", "GET /v1/iccs/{id}/trust-policy", "GET /api/v2/imports/connector-configs",
    "GET /v1/iccs/{id}/setup", "POST /v1/iccs/{id}/check", "GET /v1/iccs/{id}/hand-overs",
  ]

  private static func isPooled(_ route: Route) -> Bool { if case .work = route.handler { true } else { false } }

  private static func isNow(_ answer: Eventual<HandledRequest>) -> Bool {
    if case .now = answer { true } else { false }
  }

  @Test func `lists, documents of a role and checks leave the event loop`() {
    let pooled = RouteTable.all.filter(Self.isPooled)
    #expect(Set(pooled.map { $0.method.name + " " + $0.template.text }) == Self.expected)
  }

  @Test func `every route with pages leaves the event loop`() {
    let paged = RouteTable.all.filter { route in route.operation.query.contains { $0.name == "cursor" } }
    #expect(paged.count >= 6 && paged.allSatisfy(Self.isPooled))
  }

  @Test func `a single ICC is read at once, and a list later`() async throws {
    let world = try await World()
    let id = try await world.create()
    let (one, list) = (world.respond("/v1/iccs/" + id), world.respond("/v1/iccs"))
    #expect(Self.isNow(one) && !Self.isNow(list))
    #expect(await one.value.response.status.code == 200)
    #expect(await list.value.response.status.code == 200)
  }

  @Test func `a token that is revoked while its list waits gets 401`() async throws {
    let world = try await World()
    world.faults.beforeRead(2) {
      let done = DispatchSemaphore(value: 0)
      Task {
        _ = try await world.store.write(dryRun: false) { writer in
          let tokens = try writer.tokens(PageRequest(limit: 200), in: .all).items
          for token in tokens where token.role == .auditor { try writer.revoke(token.id, at: World.start) }
        }
        done.signal()
      }
      done.wait()
    }
    #expect(await world.send("GET", "/v1/iccs", as: .auditor).status == 401)
  }
}
