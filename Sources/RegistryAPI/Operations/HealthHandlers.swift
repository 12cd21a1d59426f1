import JSON
import Registry

/// Whether the server lives, and whether it is ready for requests.
enum HealthHandlers {
  /// The process answers: that is all that liveness says.
  static func health(_ call: Call) async throws -> Reply {
    status("ok")
  }

  /// The database takes writes, and the server is not draining. That the migrations are current was checked when the store
  /// was opened, and cannot change while this server holds its lock.
  static func readiness(_ call: Call) async throws -> Reply {
    if call.api.settings.isDraining() {
      throw Problem(.unavailable, "The server is draining.", headers: [Problem.retryAfter(1)])
    }
    try await call.api.store.checkWritable()
    return status("ready")
  }

  private static func status(_ text: String) -> Reply {
    Reply(200, .json, JSONValue.object([("status", .string(text))]).bytes())
  }
}
