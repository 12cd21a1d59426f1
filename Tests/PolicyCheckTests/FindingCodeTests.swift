import PolicyCheck
import Testing

@Suite struct FindingCodeTests {
  @Test(arguments: FindingCode.allCases)
  func `each code has a page and is found by its text`(_ code: FindingCode) {
    #expect(FindingCode(text: code.text) == code)
    #expect(code.title.hasSuffix(".") && code.title.utf8.count < 90, "\(code.text): \(code.title)")
    #expect(code.explanation.hasSuffix("."), "\(code.text)")
    #expect(code.explanation.split(separator: ". ").allSatisfy { $0.split(separator: " ").count <= 34 }, "\(code.text)")
  }

  @Test func `codes are lower-case words with hyphens and one dot`() {
    for code in FindingCode.allCases {
      #expect(code.text.wholeMatch(of: /[a-z]+\.[a-z0-9]+(-[a-z0-9]+)*/) != nil, "\(code.text)")
    }
    #expect(FindingCode(text: "trust.unheard-of") == nil)
  }
}
