package import AWSPolicy
package import JSON

/// The code of a finding: stable, lowercase kebab with a dot between the subject and the error.
package enum FindingCode: Hashable, Sendable {
  case json(JSONError.Code)
  case policy(GrammarCode)
  case text(TextCode)
  case trust(TrustCode)
  case permission(PermissionCode)
  case bucket(BucketCode)
  case key(KeyCode)

  /// The code as findings show it, such as `trust.external-id-missing`.
  package var text: String { "\(type(of: part).subject).\(part.name)" }

  /// Finds a code by its text; nil for any other text.
  package init?(text: String) {
    guard let code = Self.byText[text] else { return nil }
    self = code
  }

  private static let byText = Dictionary(uniqueKeysWithValues: allCases.map { ($0.text, $0) })

  /// A sentence that says what was found.
  package var title: String { part.page.title }

  /// The meaning of the code and the advice, without the values of one policy.
  package var explanation: String { part.page.explanation }

  private var part: any ExplainedCode {
    switch self {
    case .json(let code): code
    case .policy(let code): code
    case .text(let code): code
    case .trust(let code): code
    case .permission(let code): code
    case .bucket(let code): code
    case .key(let code): code
    }
  }
}

extension FindingCode: CaseIterable {
  /// Every code that a finding can have.
  package static var allCases: [FindingCode] {
    JSONError.Code.allCases.map(FindingCode.json) + GrammarCode.allCases.map(FindingCode.policy)
      + TextCode.allCases.map(FindingCode.text) + TrustCode.allCases.map(FindingCode.trust)
      + PermissionCode.allCases.map(FindingCode.permission) + BucketCode.allCases.map(FindingCode.bucket)
      + KeyCode.allCases.map(FindingCode.key)
  }
}

/// A finding of the checker.
package typealias CheckFinding = PolicyFinding<FindingCode>

extension Sequence<GrammarFinding> {
  /// The parser's findings as findings of the checker.
  var asCheckFindings: [CheckFinding] { map { $0.withCode(FindingCode.policy) } }
}

/// The text of the page of a code.
struct FindingPage: Sendable {
  var title: String
  var explanation: String

  init(_ title: String, _ explanation: String) {
    self.title = title
    self.explanation = explanation
  }
}

/// A group of codes about one subject, each with a page.
protocol ExplainedCode: RawRepresentable<String>, Hashable {
  static var subject: String { get }
  /// One page for each case; a test checks that none is missing.
  static var pages: [Self: FindingPage] { get }
}

extension ExplainedCode {
  var name: String { rawValue }
  var page: FindingPage { Self.pages[self] ?? FindingPage(rawValue, "") }
}
