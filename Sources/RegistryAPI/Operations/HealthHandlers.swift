import JSON
import Registry

/// Whether the server lives, and whether it is ready for requests.
enum HealthHandlers {
  /// The process answers: that is all that liveness says.
  static func health(_ call: Call) async throws -> APIResponse {
    status("ok")
  }

  /// The database takes writes, and the server is not draining. That the migrations are current was checked when the store
  /// was opened, and cannot change while this server holds its lock.
  static func readiness(_ call: Call) async throws -> APIResponse {
    if call.services.settings.isDraining() {
      throw Problem(.unavailable, "The server is draining.", headers: [Problem.retryAfter(1)])
    }
    try await call.services.store.checkWritable()
    return status("ready")
  }

  private static func status(_ text: String) -> APIResponse {
    APIResponse(200, .json, JSONValue.object([("status", .string(text))]).bytes())
  }
}
