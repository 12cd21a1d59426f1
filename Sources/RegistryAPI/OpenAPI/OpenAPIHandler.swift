import JSON

/// `/openapi.json`.
enum OpenAPIHandler {
  static func read(_ call: Call) async throws -> Reply {
    Reply(200, .json, call.api.openAPI)
  }
}
