import AWSPolicy
import JSON
import PolicyCheck
import Registry
import Testing

/// The work of a check, counted in steps: it grows with the length of the policy and no faster, and
/// it ends at the limit.
@Suite struct StepTests {
  typealias Family = GrowthTests.Family

  private static let many = #"{"Version":"2012-10-17","Statement":["#
  private static let bucket = "arn:aws:s3:::acme-data"
  private static let oneStatement =
    #"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":{"AWS":"*"},"#
  private static let listing = oneStatement + "\"Action\":\"s3:*\",\"Resource\":\"\(bucket)\",\"Condition\":{"
  private static let runs = "\"Action\":\"s3:*\",\"Resource\":[\"\(bucket)/"
  private static let listed =
    #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::acme-data/*","#

  /// Bucket policies that are expensive for their length.
  static let families: [Family] = [
    Family("statements", many, "]}") { _ in
      #"{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::acme-data/*"}"#
    },
    Family("statements with several principals", many, "]}") { index in
      let roles = (0..<4).map { "\"arn:aws:iam::111122223333:role/r\(index)-\($0)\"" }.joined(separator: ",")
      return
        "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":[\(roles)]},\"Action\":\"s3:*\",\"Resource\":\"\(bucket)/*\"}"
    },
    Family("principals", listed + #""Principal":{"AWS":["#, "]}}]}") { "\"arn:aws:iam::999988887777:role/r\($0)\"" },
    Family("actions", oneStatement + "\"Resource\":\"\(bucket)/*\",\"Action\":[", "]}]}") { "\"s3:*G*e*t*O*\($0)\"" },
    Family("resources", oneStatement + #""Action":"s3:*","Resource":["#, "]}]}") { "\"\(bucket)/*a*a*a*a*b\($0)\"" },
    Family("runs in a resource", oneStatement + runs, "b\"]}]}", separator: "") { _ in "*a" },
    Family("patterns of a condition", listing + #""StringLike":{"s3:prefix":["#, "]}}}]}") {
      "\"*a*a*a*a*b\($0)\""
    },
    Family("keys of conditions", listing + #""StringNotLike":{"#, "}}}]}") {
      "\"aws:PrincipalTag/t\($0)\":\"*a*\""
    },
    Family("variables", oneStatement + "\"Action\":\"s3:*\",\"Resource\":[", "]}]}") {
      "\"\(bucket)/${aws:PrincipalAccount}*\($0)\""
    },
    Family("exceptions of a Deny", many, "]}") {
      """
      {"Effect":"Deny","NotPrincipal":{"AWS":"arn:aws:iam::111122223333:role/r\($0)"},"Action":"s3:*",
      "Resource":"\(bucket)"}
      """
    },
  ]

  private static func check(_ text: String, maxSteps: Int = .max) throws -> PolicyCheckResult.Part {
    let subject = try CheckSample.subject(prefix: String(repeating: "a", count: 1_024))
    let result = PolicyChecker.check(bucket: .text(text), against: subject, maxSteps: maxSteps)
    return try #require(result.bucketPolicy)
  }

  @Test(arguments: families)
  func `four times the text takes at most five times the steps`(_ family: Family) throws {
    let steps = try [4_500, 18_000].map { try Self.check(family.text($0)).steps }
    #expect(steps[0] > 100)
    #expect(steps[1] < 5 * steps[0], "\(steps)")
  }

  @Test(arguments: families)
  func `a policy that is too long for S3 is not evaluated`(_ family: Family) throws {
    let part = try Self.check(family.text(61_800))
    #expect(part.verdict == .blocked && part.steps == 0)
    #expect(part.findings.contains { $0.code == .policy(.tooLong) || $0.code == .text(.moreNotListed) })
  }

  @Test(arguments: families)
  func `a check ends at the limit of its steps`(_ family: Family) throws {
    let limit = 2_000
    let part = try Self.check(family.text(18_000), maxSteps: limit)
    #expect(part.verdict == .undetermined)
    #expect(part.probes.allSatisfy { $0.answer == .unknown })
    #expect(part.corrected == nil && part.assumptions.isEmpty)
    let finding = try #require(part.findings.first { $0.code == .text(.checkLimit) })
    #expect(finding.message.contains("2000 steps") && finding.hint != nil)
    // One comparison of a pattern can exceed the limit, and each later evaluation counts its start.
    #expect(part.steps < limit + 1_100_000)
  }

  @Test func `a policy as customers have it takes few steps`() throws {
    let statements = (0..<40).map { index in
      """
      {"Sid":"S\(index)","Effect":"\(index % 4 == 0 ? "Deny" : "Allow")",
      "Principal":{"AWS":"arn:aws:iam::111122223333:role/team-\(index)"},
      "Action":["s3:GetObject","s3:PutObject","s3:ListBucket"],
      "Resource":["arn:aws:s3:::acme-data","arn:aws:s3:::acme-data/team-\(index)/*"],
      "Condition":{"Bool":{"aws:SecureTransport":"true"}}}
      """
    }
    let text = "{\"Version\":\"2012-10-17\",\"Statement\":[\(statements.joined(separator: ","))]}"
    let subject = try CheckSample.subject()
    let part = try #require(PolicyChecker.check(bucket: .text(text), against: subject).bucketPolicy)
    #expect(part.verdict == .works)
    #expect(part.steps < PolicyChecker.maxSteps / 20, "\(part.steps)")
  }

  @Test func `a trust policy with many principals takes steps in proportion`() throws {
    let open = #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":["#
    let family = Family("accounts", open, "]}}]}") {
      "\"\(100_000_000_000 + $0)\""
    }
    let subject = try CheckSample.subject()
    let steps = try [1_900, 7_600].map { size in
      let result = PolicyChecker.check(trust: .text(family.text(size)), against: subject, maxSteps: .max)
      let part = try #require(result.trustPolicy)
      #expect(part.verdict == .unsafe && part.others.count == PolicyChecker.maxFindings)
      return part.steps
    }
    #expect(steps[1] < 5 * steps[0], "\(steps)")
  }

  @Test func `what is not listed is counted`() throws {
    let text = GrowthTests.families[0].text(1_900)
    let part = try #require(PolicyChecker.check(trust: .text(text), against: try CheckSample.subject()).trustPolicy)
    #expect(part.findings.count == PolicyChecker.maxFindings + 1)
    let last = try #require(part.findings.last)
    #expect(last.code == .text(.moreNotListed) && last.message.contains(" more findings"))
  }
}
