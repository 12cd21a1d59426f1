import AWSPolicy
import JSON
import PolicyCheck
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
  func `the intended policy is checked`(_ text: String, _ codes: [String]) throws {
    let part = try CheckSample.check(text)
    #expect(part.findings.map(\.code.text) == codes)
    // IAM stores the text of a policy only if it is JSON, so what is not is blocked, with the text
    // that works.
    let isJSON = !codes.contains { Self.notJSON.contains($0) }
    #expect(part.verdict == (isJSON ? .works : .blocked))
    #expect(CheckSample.letters(part) == "addd")
    if codes.contains("text.smart-quotes") || codes.contains("text.trailing-comma") {
      #expect(part.corrected?.text(.pretty) == Self.good)
    }
  }

  /// The codes of texts that AWS would reject as pasted.
  static let notJSON: Set = [
    "text.smart-quotes", "text.trailing-comma", "text.html-entities", "text.single-quotes", "text.comment",
    "text.invisible-character", "text.is-shell", "text.missing-bracket", "text.lone-statement",
  ]

  static let statement =
    ((try? JSONValue(parsing: good)) ?? .null)["Statement"]?[0]?.text(.pretty) ?? ""
  static let escaped = JSONValue.string(good).text()
  static let python = good.replacing("\"", with: "'")

  /// More of what people paste: the codes, and how the quotation mark of the external ID's value
  /// was pasted.
  @Test(
    arguments: [
      (good.replacing("\"", with: "&quot;"), ["text.html-entities"], "&quot;"),
      (python, ["text.single-quotes"], "'"), (String(escaped.dropFirst().dropLast()), ["text.escaped"], "\\\""),
      (good.replacing("\"Action\"", with: "// who may\n      \"Action\""), ["text.comment"], "\""),
      ("aws iam x --policy-document '\(good)' # done", ["text.is-shell"], "\""),
      ("cat > t.json <<'EOF'\n\(good)\nEOF\naws iam x --policy-document file://t.json", ["text.is-shell"], "\""),
      ("cat <<-EOF >t.json\n\(good)\nEOF", ["text.is-shell"], "\""),
      ("policy = <<EOF\n\(good)\nEOF", ["text.surroundings"], "\""),
      ("The policy:\n\(good)", ["text.surroundings"], "\""),
      (String(good.dropFirst()), ["text.missing-bracket"], "\""),
      (statement, ["text.lone-statement"], "\""), ("[\(statement)]", ["text.lone-statement"], "\""),
      (String(statement.dropFirst().dropLast()), ["text.missing-bracket", "text.lone-statement"], "\""),
      ("{\"Role\":\n{\"AssumeRolePolicyDocument\":\(escaped)}}", ["text.wrapped"], "\\\""),
      ("{\"RoleName\":\"x\",\"PolicyName\":\"y\",\"PolicyDocument\":\(good)}", ["text.wrapped"], "\""),
      ("{\"PolicyVersion\":{\"Document\":\(good),\"VersionId\":\"v1\"}}", ["text.wrapped"], "\""),
      ("{\"Policy\":\(escaped)}", ["text.wrapped"], "\\\""),
      (
        "{\"Role\":{\"AssumeRolePolicyDocument\":\n\"\(encoded(good))\"}}", ["text.wrapped", "text.url-encoded"], "%22"
      ),
      ("\n  \(encoded(good))", ["text.url-encoded"], "%22"),
      (
        "\u{FEFF}```\r\n\(good.replacing("\n", with: "\r\n"))\r\n```",
        ["text.byte-order-mark", "text.markdown-fence", "text.line-endings"], "\""
      ),
    ] as [(String, [String], String)])
  func `locations are those of the pasted text`(_ text: String, _ codes: [String], _ quote: String) throws {
    #expect(try CheckSample.check(text).findings.map(\.code.text) == codes)
    let isJSON = !codes.contains { Self.notJSON.contains($0) }
    #expect(try CheckSample.check(text).verdict == (isJSON ? .works : .blocked))
    var other = try CheckSample.subject()
    other.externalID = CheckSample.other
    let part = try #require(PolicyChecker.check(trust: .text(text), against: other).trustPolicy)
    let finding = try #require(part.findings.first { $0.code.text == "trust.external-id-wrong" })
    let location = try #require(finding.position?.location)
    let pasted = Array(text.replacing("\r\n", with: "\n").unicodeScalars)
    let written = [quote + CheckSample.id, Self.encoded("\"" + CheckSample.id)].map { Array($0.unicodeScalars) }
    let index = try #require(
      pasted.indices.first { position in written.contains { pasted[position...].starts(with: $0) } })
    #expect(location.line == 1 + pasted[..<index].count { $0 == "\n" })
    #expect(location.column == index - (pasted[..<index].lastIndex(of: "\n") ?? -1))
    #expect(finding.position?.pointer.description == "/Statement/0/Condition/StringEquals/sts:ExternalId")
  }

  /// A text that is not a policy is called by its name.
  @Test(arguments: [
    ("Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n", "text.is-yaml"),
    ("AssumeRolePolicyDocument:\n  Version: '2012-10-17'\n", "text.is-yaml"),
    (
      "resource \"aws_iam_role\" \"x\" {\n  assume_role_policy = jsonencode({ Version = \"2012-10-17\" })\n}",
      "text.is-terraform"
    ),
    ("{\"AWSTemplateFormatVersion\":\"2010-09-09\",\"Resources\":{}}", "text.is-template"),
    ("{\"Policy\":{\"PolicyName\":\"x\",\"DefaultVersionId\":\"v1\"}}", "text.no-document"),
    ("{\"Role\":{\"RoleName\":\"x\"}}", "text.no-document"), ("<html></html>", "text.is-markup"),
    ("arn:aws:iam::111122223333:role/x", "text.is-arn"),
  ])
  func `a text that is not a policy is named`(_ text: String, _ code: String) throws {
    let part = try CheckSample.check(text)
    #expect(part.verdict == .blocked)
    let finding = try #require(part.findings.first { $0.severity == .error })
    #expect(finding.code.text == code)
    #expect(finding.hint != nil)
    #expect(finding.position?.location != nil)
  }

  @Test func `the JSON in a here-document is read`() throws {
    let part = try CheckSample.check("assume_role_policy = <<EOF\n\(Self.good)\nEOF\n")
    #expect(part.verdict == .works)
    #expect(part.findings.map(\.code.text) == ["text.surroundings"])
  }

  @Test func `repairs keep the locations`() throws {
    let text =
      "\u{FEFF}```\n" + Self.good.replacing("acme-import", with: "Your Session Name").replacing("\"", with: "\u{201D}")
      + "\n```"
    let part = try CheckSample.check(text)
    let finding = try #require(part.findings.first { $0.code.text == "trust.session-name-placeholder" })
    #expect(finding.position?.location?.line == 8)
    #expect(finding.position?.location?.column == 16)
  }

  @Test(arguments: [
    ("", "json.empty"), ("{\"Version\":", "json.unexpected-end"),
    ("{\"Statement\":[],\"Statement\":[]}", "json.duplicate-member"),
    ("not json", "json.unknown-word"), ("[]", "policy.not-an-object"),
    (String(repeating: "[", count: 60_000), "json.too-deep"),
    (String(repeating: "`", count: 60_000), "json.empty"),
  ])
  func `a text that is not a policy is blocked`(_ text: String, _ code: String) throws {
    let part = try CheckSample.check(text)
    #expect(part.verdict == .blocked)
    #expect(part.findings.contains { $0.code.text == code }, "\(part.findings.map(\.code.text))")
  }

  static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      let hex = String(byte, radix: 16, uppercase: true)
      return "%" + (hex.utf8.count == 1 ? "0" : "") + hex
    }.joined()
  }
}
