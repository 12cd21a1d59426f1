import JSON
import Registry

/// The liveness and readiness of the server.
enum HealthHandlers {
  /// Liveness: the process responds.
  static func health(_ call: Call) async throws -> APIResponse {
    status("ok")
  }

  /// Readiness: the database answers reads and accepts writes, and the server is not draining. The
  /// migrations were checked when the store was opened, and cannot change while this server holds
  /// its lock.
  static func readiness(_ call: Call) async throws -> APIResponse {
    if call.services.settings.isDraining() { throw Problem(notReady: "draining") }
    do {
      try await call.services.store.checkReady()
    } catch {
      throw Problem(notReady: error)
    }
    return status("ready", call.services.store)
  }

  private static func status(_ text: String, _ store: (any RegistryStore)? = nil) -> APIResponse {
    var members: [(String, JSONValue)] = [("status", .string(text))]
    if store?.isCheckingPages == true { members.append(("databaseCheck", .string("running"))) }
    if let store, !store.readsInPlace { members.append(("database", database(store.replica))) }
    return APIResponse(200, .json, JSONValue.object(members).bytes())
  }

  /// A ready server has just written to the primary.
  private static func database(_ replica: ReplicaStatus?) -> JSONValue {
    var members: [(String, JSONValue)] = [("role", .string("primary"))]
    if let replica {
      members.append(("replica", .string(replica.state.rawValue)))
      members.append(("replicaLagBytes", replica.lagBytes.map { .number(Int($0)) } ?? .null))
    }
    return .object(members)
  }
}
