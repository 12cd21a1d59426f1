import AWSPolicy
import JSON
import Registry
import Testing

@Suite struct PastedPolicyTests {
  static let good = TrustCheckTests.good

  /// Text as people paste it: what is said of it; all of it means the policy that works.
  @Test(arguments: [
    ("\u{FEFF}" + good, ["text.byte-order-mark"]), (good.replacing("\n", with: "\r\n"), ["text.line-endings"]),
    (good.replacing("\"2012-10-17\"", with: "\u{201C}2012-10-17\u{201D}"), ["text.smart-quotes"]),
    (
      good.replacing("\"sts:AssumeRole\",", with: "\"sts:AssumeRole\",").replacing(
        "\n    }\n  ]", with: "\n    },\n  ]"), ["text.trailing-comma"]
    ),
    ("Here it is:\n```json\n\(good)\n```\nthanks", ["text.markdown-fence"]),
    ("{\"Role\":{\"RoleName\":\"x\",\"AssumeRolePolicyDocument\":\(good)}}", ["text.wrapped"]),
    ("{\"AssumeRolePolicyDocument\":\(JSONValue.string(good).text())}", ["text.wrapped"]),
    (encoded(good), ["text.url-encoded"]),
    (good.replacing("  \"Version\"", with: "\u{A0} \"Version\""), ["text.invisible-character"]),
  ])
  func whatWasMeantIsChecked(_ text: String, _ codes: [String]) throws {
    let part = try CheckSample.check(text)
    #expect(part.findings.map(\.code) == codes)
    #expect(part.verdict == .works)
    #expect(CheckSample.letters(part) == "addd")
    if codes.contains("text.smart-quotes") || codes.contains("text.trailing-comma") {
      #expect(part.corrected?.text(.pretty) == Self.good)
    }
  }

  @Test func mendingKeepsThePlaces() throws {
    let text =
      "\u{FEFF}```\n" + Self.good.replacing("acme-import", with: "Your Session Name").replacing("\"", with: "\u{201D}")
      + "\n```"
    let part = try CheckSample.check(text)
    let finding = try #require(part.findings.first { $0.code == "trust.session-name-placeholder" })
    #expect(finding.place?.location?.line == 8)
    #expect(finding.place?.location?.column == 16)
  }

  @Test(arguments: [
    ("", "json.empty"), ("{\"Version\":", "json.unexpected-end"),
    ("{\"Statement\":[],\"Statement\":[]}", "json.duplicate-member"),
    ("not json", "json.unknown-word"), ("[]", "policy.not-an-object"),
    (String(repeating: "[", count: 60_000), "json.too-deep"),
    (String(repeating: "`", count: 60_000), "json.empty"),
  ])
  func whatIsNoPolicyIsBlocked(_ text: String, _ code: String) throws {
    let part = try CheckSample.check(text)
    #expect(part.verdict == .blocked)
    #expect(part.findings.contains { $0.code == code }, "\(part.findings.map(\.code))")
  }

  static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      let hex = String(byte, radix: 16, uppercase: true)
      return "%" + (hex.utf8.count == 1 ? "0" : "") + hex
    }.joined()
  }
}
