import Console
import HTTPWire

/// The console's files, open to everybody: they hold nothing that a token would guard.
enum ConsoleRoutes {
  static let routes = [
    Route(
      .get, "/console", .open, offers: [],
      Operation(
        id: "getConsoleAddress", tag: "Console", summary: "The way to the console",
        success: .init(status: 308, description: "The console's page is at /console/.", headers: ["Location"])),
      .open { _ in redirection }),
    Route(
      .get, "/console/", .open, offers: [.html],
      operation("getConsole", "The console's page"), .open { _ in try response(at: [""]) }),
    Route(
      .get, "/console/{file}", .open, offers: [.html, .svg],
      operation("getConsoleFile", "A file of the console"), .open { try response(at: $0.parameters) }),
    Route(
      .get, "/console/{folder}/{file}", .open, offers: [.javaScript, .css],
      operation("getConsoleFolderFile", "A file in a folder of the console"),
      .open { try response(at: $0.parameters) }),
  ]

  private static func operation(_ id: String, _ summary: String) -> Operation {
    Operation(
      id: id, tag: "Console", summary: summary, conditions: .read,
      success: .init(status: 200, description: "The file.", schema: Schema.string(), headers: ["ETag"]))
  }

  private static var redirection: APIResponse {
    var response = APIResponse(308)
    response.headers = [HTTPHeaders.Field("Location", "/console/")]
    return response
  }

  private static func response(at path: [String]) throws(Problem) -> APIResponse {
    guard let file = ConsoleFiles.file(at: path) else { throw Problem(.notFound) }
    var response = APIResponse(200, MediaType(rawValue: file.contentType), file.body, entityTag: file.entityTag)
    response.cacheControl = ConsoleFiles.cacheControl
    response.headers = ConsoleFiles.headers.map { HTTPHeaders.Field($0.name, $0.value) }
    return response
  }
}
