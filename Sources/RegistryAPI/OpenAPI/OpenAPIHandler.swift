import JSON

/// `/openapi.json`.
enum OpenAPIHandler {
  static func read(_ call: Call) async throws -> APIResponse {
    APIResponse(200, .json, call.services.openAPI)
  }
}
