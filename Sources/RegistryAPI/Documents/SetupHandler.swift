import HTTPWire
import Registry
import SetupKit

/// The handler for an ICC's set-up kit in the requested format.
enum SetupHandler {
  static func read(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> APIResponse {
    var input = try call.input()
    let format = format(&input)
    try input.finish()
    let icc = try ICCHandlers.live(call, token, reader)
    let mediaType = try mediaType(of: format, call)
    let kit = ICCSetupKit(icc, call.services.settings.connector, sharingRoleWith: try sharing(icc, reader))
    let text = mediaType == .html ? kit.guideHTML : kit.text(format)
    var response = APIResponse(200, mediaType, Array(text.utf8))
    response.headers.append(HTTPHeaders.Field("Vary", "Accept"))
    if mediaType == .html {
      response.headers.append(
        HTTPHeaders.Field("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"))
    }
    return response
  }

  private static func format(_ input: inout InputReader) -> ICCSetupKit.Format {
    guard let text = input.parameter("format") else { return .guide }
    if let format = ICCSetupKit.Format(rawValue: text) { return format }
    let names = ICCSetupKit.Format.allCases.map(\.rawValue).joined(separator: ", ")
    input.report(RequestError(.parameter("format"), "query.wrong-value", "Unknown format. Use one of: \(names)."))
    return .guide
  }

  /// Returns the media type: a browser receives the guide as HTML, other clients as Markdown.
  private static func mediaType(of format: ICCSetupKit.Format, _ call: Call) throws(Problem) -> MediaType {
    let offers: [MediaType] =
      switch format {
      case .guide: [.markdown, .html]
      case .cli, .terraform: [.plainText]
      case .cloudformation: [.json, .plainText]
      }
    guard let accept = AcceptHeader(call.request.headers) else { return offers[0] }
    if let best = accept.best(of: offers) { return best }
    throw Problem(
      .notAcceptable, "This format is available as \(offers.map(\.rawValue).joined(separator: ", ")).")
  }

  /// Returns the organisation's live ICCs on the role, which share its trust policy.
  private static func sharing(_ icc: ICC, _ reader: any RegistryReader) throws -> [ICC] {
    guard let role = icc.userARN else { return [] }
    var filter = ICCFilter()
    filter.userARN = role.text
    return try MergedTrustPolicyHandler.all(filter, .organisation(icc.organisation), reader)
  }
}
