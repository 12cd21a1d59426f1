import AWSPolicy
import JSON
import PolicyCheck
import Registry
import Testing

/// The findings name the cause, its reason, and everyone who gets access.
@Suite struct AdviceReasonTests {
  private static func document(_ statements: String...) -> String {
    "{\"Version\":\"2012-10-17\",\"Statement\":[\(statements.joined(separator: ","))]}"
  }

  private static func allow(_ action: String, _ resource: String) -> String {
    "{\"Effect\":\"Allow\",\"Action\":\"\(action)\",\"Resource\":\"\(resource)\"}"
  }

  @Test func `a Deny that names the role is not answered with an exception alone`() throws {
    let text = Self.document(
      "{\"Effect\":\"Deny\",\"Principal\":{\"AWS\":\"\(CheckSample.role)\"},\"Action\":\"s3:*\","
        + "\"Resource\":\"arn:aws:s3:::acme-data/*\"}")
    let part = try CheckedKind.bucket.check(text, try CheckSample.subject())
    let hint = part.findings.first { $0.code.text == "bucket.denied" }?.hint
    #expect(hint?.contains("Remove the role from it") == true)
  }

  @Test func `an Allow for everyone but a few is reported`() throws {
    let text = Self.document(
      #"{"Effect":"Allow","NotPrincipal":{"AWS":"111122223333"},"Action":"s3:*","Resource":"arn:aws:s3:::acme-data/*"}"#
    )
    let part = try CheckedKind.bucket.check(text, try CheckSample.subject())
    #expect(part.findings.map(\.code.text).contains("bucket.allows-everyone"))
    #expect(part.others.map(\.kind) == [.everyone])
  }

  @Test func `the principals of NotPrincipal are not those that can get in`() throws {
    let text = Self.document(
      #"{"Effect":"Allow","NotPrincipal":{"AWS":"999988887777"},"Action":"sts:AssumeRole"}"#)
    let part = try CheckSample.check(text)
    #expect(part.findings.map(\.code.text) == ["policy.prohibited-element"])
    #expect(part.others.isEmpty)
  }

  @Test(arguments: [
    ("the partition is aws-cn", "arn:aws-cn:s3:::acme-data", "permission.wrong-bucket"),
    ("a colon is missing", "arn:aws:s3::acme-data", "permission.wrong-bucket"),
    ("was not replaced", "${aws_s3_bucket.data.arn}", "policy.template-variable"),
  ])
  func `the cause of a wrong resource is named`(_ words: String, _ arn: String, _ code: String) throws {
    let text = Self.document(
      Self.allow("s3:ListBucket", arn), Self.allow("s3:GetObject", arn + "/*"))
    let part = try CheckedKind.permission.check(text, try CheckSample.subject())
    #expect(part.findings.map(\.code.text) == [code, code])
    #expect(part.findings.allSatisfy { $0.message.lowercased().contains(words) }, "\(part.findings.map(\.message))")
  }

  @Test(arguments: [
    (#"{"Effect":"allow","Principal":P,"Action":"sts:AssumeRole","Condition":C}"#, ["policy.effect"]),
    (#"{"Effect":"Allow","Principal":P,"Action":"iam:PassRole","Condition":C}"#, ["policy.action-not-sts"]),
    (#"{"Effect":"Allow","Principal":P,"Action":"sts:AssumeRole","Condition":[C]}"#, ["policy.wrong-type"]),
  ])
  func `an element that AWS rejects is the only finding`(_ statement: String, _ codes: [String]) throws {
    let filled = statement.replacing(":P,", with: ":\(CheckSample.aws),").replacing(
      "C}", with: "\(CheckSample.equals)}"
    )
    .replacing("[C]", with: "[\(CheckSample.equals)]")
    let part = try CheckSample.check(Self.document(filled))
    #expect(part.findings.map(\.code.text) == codes)
    #expect(part.verdict == .blocked && part.corrected != nil)
  }

  @Test func `a Statement in lower case is not a missing one`() throws {
    let part = try CheckSample.check(TrustCheckTests.good.replacing("\"Statement\"", with: "\"statement\""))
    #expect(part.findings.map(\.code.text) == ["policy.element-case"])
    #expect(part.corrected != nil)
  }

  @Test func `a service outside AWS is not a service principal`() throws {
    let part = try CheckSample.check(
      CheckSample.trust(
        CheckSample.aws, CheckSample.equals,
        more: #",{"Effect":"Allow","Principal":{"Service":"s3.amazonaws.co"},"Action":"sts:AssumeRole"}"#))
    #expect(part.findings.map(\.code.text).contains("policy.service-unknown"))
    #expect(part.verdict == .blocked)
  }

  @Test func `a statement with the wrong ID for another ICC is not left as it is`() throws {
    var subject = try CheckSample.subject()
    subject.siblings = [
      .init(id: "icc_2", name: "Other", sessionName: "other-import", externalIDs: [CheckSample.other])
    ]
    let other = CheckSample.session.replacing("acme-import", with: "other-import")
    for (id, severity) in [(CheckSample.id, FindingSeverity.warning), (CheckSample.other, .info)] {
      let more =
        ",{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"\(other)\"},\"Action\":\"sts:AssumeRole\",\"Condition\":"
        + "{\"StringEquals\":{\"sts:ExternalId\":\"\(id)\"}}}"
      let part = try CheckedKind.trust.check(
        CheckSample.trust(CheckSample.aws, CheckSample.equals, more: more), subject)
      let finding = try #require(part.findings.first { $0.code.text == "trust.statement-serves-other-icc" })
      #expect(finding.severity == severity)
      #expect(finding.message.contains("Leave it as it is") == (severity == .info))
    }
  }

  @Test func `the action that a bucket policy lacks is named`() throws {
    let text = Self.document(
      "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"\(CheckSample.role)\"},\"Action\":\"s3:GetObject\","
        + "\"Resource\":\"arn:aws:s3:::acme-data/*\"}")
    let part = try CheckedKind.bucket.check(text, try CheckSample.subject())
    let message = try #require(part.findings.first { $0.code.text == "bucket.cross-account" }?.message)
    #expect(message.contains("to use s3:ListBucket."))

    var subject = try CheckSample.subject()
    subject.bucketOwner = "444455556666"
    let elsewhere = try CheckedKind.bucket.check(text, subject)
    let corrected = try #require(try CheckedKind.bucket.expectHolds(elsewhere, subject))
    #expect(corrected["Statement"]?.arrayValue?.compactMap { $0["Action"] } == ["s3:GetObject", "s3:ListBucket"])
  }

  @Test func `a permission that another ICC may use is not called wrong`() throws {
    let text = Self.document(
      Self.allow("s3:ListBucket", "arn:aws:s3:::acme-data"), Self.allow("s3:GetObject", "arn:aws:s3:::acme-data/*"))
    let part = try CheckedKind.permission.check(text, try CheckSample.subject())
    let finding = try #require(part.findings.first { $0.code.text == "permission.more-than-needed" })
    #expect(finding.severity == .info)
    #expect(finding.hint?.hasPrefix("If nothing else uses the role") == true)
  }

  @Test(arguments: [
    ("\"Bool\":{\"aws:SecureTransport\":\"true\"}", "InfoSum's requests use TLS"),
    ("\"StringNotEquals\":{\"s3:x-amz-server-side-encryption\":\"aws:kms\"}", "it is a key of uploads"),
  ])
  func `a Deny says why it applies`(_ condition: String, _ reason: String) throws {
    let text = Self.document(
      "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::acme-data/*\","
        + "\"Condition\":{\(condition)}}")
    let part = try CheckedKind.bucket.check(text, try CheckSample.subject())
    #expect(part.verdict == .blocked)
    #expect(part.findings.contains { $0.code.text == "bucket.denied" && $0.message.contains(reason) })
  }

  @Test func `an expired date is explained as a date`() throws {
    let date =
      #"{"StringEquals":{"sts:ExternalId":"\#(CheckSample.id)"},"DateLessThan":{"aws:CurrentTime":"2025-01-01T00:00:00Z"}}"#
    let part = try CheckSample.check(CheckSample.trust(CheckSample.aws, date))
    #expect(
      part.findings.map(\.message) == [
        "aws:CurrentTime is the time of the request, which this condition excludes, so this never holds."
      ])
  }
}
