import Console
import HTTPWire
import Manual

/// The routes of the console and the manual. They need no token: their files hold no data.
enum ConsoleRoutes {
  static let routes = [
    Route(
      .get, "/console", .open, offers: [],
      Operation(
        id: "getConsoleAddress", tag: .console, summary: "Redirect to the console",
        success: .init(status: 308, description: "The console is at /console/.", headers: ["Location"])),
      .open { _ in redirection(to: "/console/") }),
    Route(
      .get, "/console/", .open, offers: [.html],
      operation("getConsole", "The console's page"), .open { _ in try response(ConsoleFiles.file(at: [""])) }),
    Route(
      .get, "/console/{file}", .open, offers: [.html, .svg, .javaScript],
      operation("getConsoleFile", "A file of the console"), .open { try response(ConsoleFiles.file(at: $0.parameters)) }
    ),
    Route(
      .get, "/console/{folder}/{file}", .open, offers: [.javaScript, .css],
      operation("getConsoleFolderFile", "A file in a folder of the console"),
      .open { try response(ConsoleFiles.file(at: $0.parameters)) }),
    Route(
      .get, "/manual", .open, offers: [],
      Operation(
        id: "getManualAddress", tag: .console, summary: "The address of the manual",
        success: .init(status: 308, description: "The manual starts at /manual/.", headers: ["Location"])),
      .open { _ in redirection(to: "/manual/") }),
    Route(
      .get, "/manual/", .open, offers: [.html],
      operation("getManual", "The list of the manual's pages"), .open { _ in try response(ManualFiles.file(at: "")) }),
    Route(
      .get, "/manual/{page}", .open, offers: [.html, .css],
      operation("getManualPage", "A page of the manual, or its style sheet"),
      .open { call in try response(call.parameters.first.flatMap(ManualFiles.file)) }),
  ]

  private static func operation(_ id: String, _ summary: String) -> Operation {
    Operation(
      id: id, tag: .console, summary: summary, ignoresQuery: true, conditions: .read,
      success: .init(status: 200, description: "The file.", schema: Schema.string(), headers: ["ETag"]))
  }

  private static func redirection(to path: String) -> APIResponse {
    var response = APIResponse(308)
    response.headers = [HTTPHeaders.Field("Location", path)]
    return response
  }

  private static func response(_ file: ConsoleFile?) throws(Problem) -> APIResponse {
    guard let file else { throw Problem(.notFound) }
    var response = APIResponse(200, MediaType(rawValue: file.contentType), file.body, entityTag: file.entityTag)
    response.cacheControl = ConsoleFiles.cacheControl
    response.headers = ConsoleFiles.headers.map { HTTPHeaders.Field($0.name, $0.value) }
    return response
  }
}
