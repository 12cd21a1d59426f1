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
      operation("getConsole", "The console's page"), .open { _ in try reply(at: [""]) }),
    Route(
      .get, "/console/{file}", .open, offers: [.html, .svg],
      operation("getConsoleFile", "A file of the console"), .open { try reply(at: $0.parameters) }),
    Route(
      .get, "/console/{folder}/{file}", .open, offers: [.javaScript, .css],
      operation("getConsoleFolderFile", "A file in a folder of the console"),
      .open { try reply(at: $0.parameters) }),
  ]

  private static func operation(_ id: String, _ summary: String) -> Operation {
    Operation(
      id: id, tag: "Console", summary: summary, conditions: .read,
      success: .init(status: 200, description: "The file.", schema: Schema.string(), headers: ["ETag"]))
  }

  private static var redirection: Reply {
    var reply = Reply(308)
    reply.headers = [HTTPHeaders.Field("Location", "/console/")]
    return reply
  }

  private static func reply(at path: [String]) throws(Problem) -> Reply {
    guard let file = ConsoleFiles.file(at: path) else { throw Problem(.notFound) }
    var reply = Reply(200, MediaType(rawValue: file.contentType), file.body, entityTag: file.entityTag)
    reply.cacheControl = ConsoleFiles.cacheControl
    reply.headers = ConsoleFiles.headers.map { HTTPHeaders.Field($0.name, $0.value) }
    return reply
  }
}
