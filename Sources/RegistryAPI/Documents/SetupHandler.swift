import HTTPWire
import JSON
import Registry
import SetupKit

/// The handler for an ICC's set-up kit in the requested format.
enum SetupHandler {
  static func read(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> APIResponse {
    try read(call, reader) { try ICCHandlers.live(call, token, reader) }
  }

  /// Returns the set-up kit of the ICC that `find` returns, once the query is read.
  static func read(_ call: Call, _ reader: any RegistryReader, of find: () throws -> ICC) throws -> APIResponse {
    var input = try call.input()
    let format = format(&input)
    try input.finish()
    let icc = try find()
    let mediaType = try mediaType(of: format, call)
    let settings = call.services.settings
    let kit = ICCSetupKit(
      icc, settings.connector, sharingRoleWith: try RoleICCs.sharing(icc, reader),
      templateURL: settings.cloudFormationTemplateURL)
    if format == .cloudformation && kit.hasDynamicReference { throw Problem(.iccHasDynamicReference) }
    let text = text(of: kit, format, mediaType)
    var response = APIResponse(200, mediaType, Array(text.utf8), entityTag: EntityTag.text(ofContent: text))
    response.headers.append(HTTPHeaders.Field("Vary", "Accept"))
    if mediaType == .html {
      response.headers.append(
        HTTPHeaders.Field("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"))
    }
    return response
  }

  private static func text(of kit: ICCSetupKit, _ format: ICCSetupKit.Format, _ mediaType: MediaType) -> String {
    switch (format, mediaType) {
    case (.guide, .html): kit.guideHTML
    case (.guide, .json): kit.guideJSON.text()
    default: kit.text(format)
    }
  }

  private static func format(_ input: inout InputReader) -> ICCSetupKit.Format {
    guard let text = input.parameter("format") else { return .guide }
    if let format = ICCSetupKit.Format(rawValue: text) { return format }
    let names = ICCSetupKit.Format.allCases.map(\.rawValue).joined(separator: ", ")
    input.report(RequestError(.parameter("format"), "query.wrong-value", "Unknown format. Use one of: \(names)."))
    return .guide
  }

  /// Returns the media type: a browser receives the guide as HTML, other clients as Markdown
  /// unless they accept JSON only.
  private static func mediaType(of format: ICCSetupKit.Format, _ call: Call) throws(Problem) -> MediaType {
    let offers: [MediaType] =
      switch format {
      case .guide: [.markdown, .html, .json]
      case .cli, .terraform: [.plainText]
      case .cloudformation: [.json, .plainText]
      }
    guard let accept = AcceptHeader(try call.request.headers.list("Accept")) else { return offers[0] }
    if let best = accept.best(of: offers) { return best }
    throw Problem(
      .notAcceptable, "This format is available as \(offers.map(\.rawValue).joined(separator: ", ")).")
  }
}
