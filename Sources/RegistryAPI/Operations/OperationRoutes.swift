import HTTPWire
import JSON
import Registry

/// The endpoints for operators and their tools.
enum OperationRoutes {
  static let routes = [
    Route(
      .get, "/", .open, offers: [.json, .html],
      Operation(
        id: "getAddresses", tag: .operations, summary: "Find the API, the console and the manual",
        description: "A client that prefers HTML is redirected to the console.",
        success: .init(status: 200, description: "The addresses.", schema: ["type": "object"])),
      .open { call in addresses(call.mediaType, under: call.services.settings.basePath) }),
    Route(
      .get, "/healthz", .open,
      Operation(
        id: "getHealth", tag: .operations, summary: "Check that the server runs",
        success: .init(status: 200, description: "The server runs.", schema: Schema.reference("Status"))),
      .open(HealthHandlers.health)),
    Route(
      .get, "/readyz", .open,
      Operation(
        id: "getReadiness", tag: .operations, summary: "Check that the server is ready for requests",
        description: "The database answers reads and accepts writes, its migrations are current, and the server is not "
          + "draining. Otherwise `reason` says what is wrong.",
        success: .init(status: 200, description: "The server is ready.", schema: Schema.reference("Status")),
        problems: [.unavailable]),
      .open(HealthHandlers.readiness)),
    Route(
      .get, "/metrics", .actionUnlessPublic(.readMetrics), offers: [.prometheus],
      Operation(
        id: "getMetrics", tag: .operations, summary: "Read the server's counters",
        description: "In the Prometheus text format.",
        success: .init(status: 200, description: "The counters.", schema: Schema.string())),
      .open(MetricsHandler.read)),
    Route(
      .get, "/openapi.json", .open,
      Operation(
        id: "getOpenApi", tag: .operations, summary: "Read this document",
        success: .init(status: 200, description: "The document.", schema: ["type": "object"])),
      .open(OpenAPIHandler.read)),
    Route(
      .get, "/problems/{code}", .open, offers: [.json, .html, .plainText],
      Operation(
        id: "getProblemPage", tag: .operations, summary: "Read the meaning of a code",
        success: .init(status: 200, description: "The page of the code.", schema: Schema.reference("ProblemPage"))),
      .open(ProblemPageHandler.read)),
  ]

  /// A browser goes to the console (302, so that no cache keeps it); a script learns the addresses.
  private static func addresses(_ mediaType: MediaType?, under base: BasePath) -> APIResponse {
    if mediaType == .html {
      var response = APIResponse(302)
      response.headers = [HTTPHeaders.Field("Location", "/console/")]
      return response
    }
    let addresses = [
      ("api", "/v1/"), ("openapi", "/openapi.json"), ("console", "/console/"), ("manual", "/manual/"),
      ("health", "/healthz"), ("readiness", "/readyz"),
    ]
    let members = addresses.map { (name, path) in (name, JSONValue.string(base.path(path))) }
    return APIResponse(200, .json, JSONValue.object(members).bytes())
  }
}

/// `/openapi.json`.
enum OpenAPIHandler {
  static func read(_ call: Call) async throws -> APIResponse {
    APIResponse(200, .json, call.services.openAPI.bytes)
  }
}
