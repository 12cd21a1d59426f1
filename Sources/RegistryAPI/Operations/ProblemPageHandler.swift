import JSON
import PolicyCheck
import Text

/// `/problems/{code}`: the page that the `type` of a problem points to.
enum ProblemPageHandler {
  static func read(_ call: Call) async throws -> APIResponse {
    guard let code = call.parameters.first, let page = ProblemPage(code) else { throw Problem(.notFound) }
    switch call.mediaType {
    case .html?: return APIResponse(200, .html, Array(page.html.utf8))
    case .plainText?: return APIResponse(200, .plainText, Array(page.text.utf8))
    default: return APIResponse(200, .json, page.json.bytes())
    }
  }
}

/// The page of a code.
struct ProblemPage {
  let code: String
  let title: String
  let status: Int?
  let explanation: String

  /// The page of a registered code: of a problem, of an entry of `errors`, of a check of a
  /// verification, or of a finding of the policy checker. Nil for any other text.
  init?(_ code: String) {
    if let problem = ProblemCode(rawValue: code) {
      (title, status, explanation) = (problem.title, problem.status, problem.explanation)
    } else if let finding = FindingCode(text: code) {
      (title, status, explanation) = (finding.title, nil, finding.explanation)
    } else if let explanation = ErrorCatalogue.explanation(of: code) {
      let isOfCheck = ErrorCatalogue.checkCodes[code] != nil
      (title, status, self.explanation) = (
        isOfCheck ? "A result of a verification." : "An error in one value.", nil, explanation
      )
    } else {
      return nil
    }
    self.code = code
  }

  var json: JSONValue {
    [
      "code": .string(code), "title": .string(title), "status": status.map { .number($0) } ?? .null,
      "explanation": .string(explanation),
    ]
  }

  var text: String { "\(code)\n\n\(title)\n\(explanation)\n" }

  var html: String {
    """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><title>\(HTMLEscaping.escape(code))</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark"></head>
    <body><h1>\(HTMLEscaping.escape(code))</h1><p><strong>\(HTMLEscaping.escape(title))</strong></p>
    <p>\(HTMLEscaping.escape(explanation))</p></body></html>

    """
  }
}
