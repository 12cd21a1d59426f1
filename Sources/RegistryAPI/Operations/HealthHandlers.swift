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
    return status("ready", isChecking: call.services.store.isCheckingPages)
  }

  private static func status(_ text: String, isChecking: Bool = false) -> APIResponse {
    let check: [(String, JSONValue)] = isChecking ? [("databaseCheck", .string("running"))] : []
    return APIResponse(200, .json, JSONValue.object([("status", .string(text))] + check).bytes())
  }
}
