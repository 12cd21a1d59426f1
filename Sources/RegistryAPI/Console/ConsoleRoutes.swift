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
      operation("getConsole", "The console's page"), .open { try response(ConsoleFiles.file(at: [""]), $0) }),
    Route(
      .get, "/console/{file}", .open, offers: [.html, .svg, .javaScript, .css],
      operation("getConsoleFile", "A file of the console"),
      .open { try response(ConsoleFiles.file(at: $0.parameters), $0) }),
    Route(
      .get, "/console/{folder}/{file}", .open, offers: [.javaScript, .css],
      operation("getConsoleFolderFile", "A file in a folder of the console"),
      .open { try response(ConsoleFiles.file(at: $0.parameters), $0) }),
    Route(
      .get, "/manual", .open, offers: [],
      Operation(
        id: "getManualAddress", tag: .console, summary: "The address of the manual",
        success: .init(status: 308, description: "The manual starts at /manual/.", headers: ["Location"])),
      .open { _ in redirection(to: "/manual/") }),
    Route(
      .get, "/manual/", .open, offers: [.html],
      operation("getManual", "The list of the manual's pages"), .open { try response(ManualFiles.file(at: ""), $0) }),
    Route(
      .get, "/manual/{page}", .open, offers: [.html, .css, .png],
      operation("getManualPage", "A page of the manual, a picture, or the style sheet"),
      .open { try response($0.parameters.first.flatMap(ManualFiles.file), $0) }),
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

  private static func response(_ file: ConsoleFile?, _ call: Call) throws(Problem) -> APIResponse {
    guard let file else { throw Problem(.notFound) }
    let coding = try coding(of: file, call.request.headers)
    var response = APIResponse(
      200, MediaType(rawValue: file.contentType), coding.flatMap { file.compressed[$0] } ?? file.body,
      entityTag: file.entityTag(coding))
    response.cacheControl = file.isImmutable ? ConsoleFiles.immutableCacheControl : ConsoleFiles.cacheControl
    response.headers = ConsoleFiles.headers.map { HTTPHeaders.Field($0.name, $0.value) }
    response.headers.append(varies)
    if let coding { response.headers.append(HTTPHeaders.Field("Content-Encoding", coding.rawValue)) }
    return response
  }

  private static let varies = HTTPHeaders.Field("Vary", "Accept-Encoding")

  /// Returns the coding to send the file with, or nil for none (RFC 9110 section 12.5.3).
  private static func coding(of file: ConsoleFile, _ headers: HTTPHeaders) throws(Problem) -> ContentCoding? {
    let offered = ContentCoding.allCases.filter { file.compressed[$0] != nil }.map(\.rawValue)
    let accept = AcceptEncodingHeader(try headers.list("Accept-Encoding"))
    if let best = accept.best(of: offered) { return ContentCoding(rawValue: best) }
    let names = (offered + ["identity"]).joined(separator: ", ")
    throw Problem(
      .notAcceptable, "This file can be sent with these content codings: \(names).", headers: [varies])
  }
}
