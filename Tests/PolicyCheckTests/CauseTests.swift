import AWSPolicy
import JSON
import PolicyCheck
import Registry
import Testing

/// The cause of a mistake is reported, and nothing that merely follows from it.
@Suite struct CauseTests {
  private static let good = TrustCheckTests.good
  private static let sibling = PolicyCheckSubject.Sibling(
    id: "icc_2", name: "Other", sessionName: "other-import", externalIDs: [CheckSample.other])

  private func subject() throws -> PolicyCheckSubject {
    var subject = try CheckSample.subject()
    subject.siblings = [Self.sibling]
    return subject
  }

  @Test(arguments: [
    ("storage-statement", #",{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}"#, "trust.storage-statement"),
    ("several", #",{"Effect":"Allow","Action":["kms:Decrypt","s3:*"],"Resource":["*"]}"#, "trust.storage-statement"),
  ])
  func `a statement of another policy is one finding`(_ name: String, _ more: String, _ code: String) throws {
    let part = try CheckSample.check(CheckSample.trust(CheckSample.aws, CheckSample.equals, more: more))
    #expect(part.findings.map(\.code.text) == [code], "\(name)")
    #expect(part.verdict == .blocked)
    #expect(try CheckSample.check(try #require(part.corrected).text()).verdict == .works)
  }

  @Test(arguments: [
    "arn:aws:sts::13492816009:assumed-role/InfoSumImportConnector/acme-import",
    "arn:aws:sts:134928160093:assumed-role/InfoSumImportConnector/acme-import",
    "arn:aws:sts::${AccountId}:assumed-role/InfoSumImportConnector/acme-import",
  ])
  func `a malformed principal is one finding`(_ principal: String) throws {
    let part = try CheckSample.check(CheckSample.trust("{\"AWS\":\"\(principal)\"}", CheckSample.equals))
    #expect(part.findings.map(\.code.text) == ["trust.principal-malformed"])
    #expect(part.verdict == .blocked)
  }

  @Test func `a template variable as the external ID is named`() throws {
    let part = try CheckSample.check(Self.good.replacing(CheckSample.id, with: "${ExternalId}"))
    #expect(part.findings.map(\.code.text) == ["policy.template-variable"])
  }

  @Test func `an action that does not exist is the cause of the one that is missing`() throws {
    let text = """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:ListObjectsV2","s3:HeadObject"],
      "Resource":["arn:aws:s3:::acme-data","arn:aws:s3:::acme-data/exports/*"]}]}
      """
    let part = try CheckedKind.permission.check(text, try CheckSample.subject())
    #expect(part.findings.map(\.code.text) == ["policy.action-unknown", "policy.action-unknown"])
    #expect(part.findings.allSatisfy { $0.severity == .error } && part.verdict == .blocked)
    let actions = try #require(part.corrected)["Statement"]?[0]?["Action"]
    #expect(actions == ["s3:ListBucket", "s3:GetObject"])
  }

  @Test func `a call next to its action is not written twice`() throws {
    let text = """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},
      "Action":["s3:GetObject","s3:HeadObject"],"Resource":"arn:aws:s3:::acme-data/*"}]}
      """
    let part = try CheckedKind.bucket.check(text, try CheckSample.subject())
    #expect(try #require(part.corrected)["Statement"]?[0]?["Action"] == ["s3:GetObject"])
  }

  @Test func `no hint shuts out another ICC of the role`() throws {
    let both = "{\"StringEquals\":{\"sts:ExternalId\":[\"\(CheckSample.id)\",\"\(CheckSample.other)\"]}}"
    let text = CheckSample.trust(CheckSample.aws, both)
    let part = try #require(PolicyChecker.check(trust: .text(text), against: try subject()).trustPolicy)
    let finding = try #require(part.findings.first { $0.code == .trust(.externalIDOtherICC) })
    #expect(finding.severity == .info && finding.hint == "Leave it as it is.")
  }

  @Test func `a document in place of an unreadable one serves the other ICCs of the role`() throws {
    let part = try #require(
      PolicyChecker.check(trust: .text("{\"Version\" \"Statement\" [}"), against: try subject()).trustPolicy)
    let corrected = try #require(part.corrected)
    let again = try #require(PolicyChecker.check(trust: .document(corrected), against: try subject()).trustPolicy)
    #expect(again.verdict == .works && again.siblings?.allSatisfy(\.isServed) == true)
  }

  @Test func `no hint names a corrected document that is missing`() throws {
    let text =
      "cat > t.json <<'EOF'\n"
      + CheckSample.trust(CheckSample.aws, #"{"StringEquals":{"sts:ExternalId":"ID","aws:PrincipalTag/a":"b"}}"#)
      .replacing("ID", with: CheckSample.id) + "\nEOF"
    let part = try CheckSample.check(text)
    #expect(part.findings.first?.code == .text(.isShell))
    #expect(part.corrected == nil && part.verdict == .blocked)
    #expect(part.findings.allSatisfy { $0.hint?.contains("corrected") != true })
  }

  @Test(arguments: CheckedKind.allCases)
  func `the reason why a Deny applies is told`(_ kind: CheckedKind) throws {
    let condition = #""Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1"}}"#
    let own = #""Resource":["arn:aws:s3:::acme-data","arn:aws:s3:::acme-data/*"]"#
    let text =
      switch kind {
      case .trust:
        CheckSample.trust(
          CheckSample.aws, CheckSample.equals,
          more: #",{"Effect":"Deny","Principal":{"AWS":"*"},"Action":"sts:AssumeRole",\#(condition)}"#)
      case .permission:
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*",\#(own),\#(condition)}]}"#
      case .bucket:
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","#
          + "\(own),\(condition)}]}"
      }
    let part = try kind.check(text, try CheckSample.subject())
    let denied = try #require(part.findings.first { $0.code.text.hasSuffix(".denied") })
    #expect(denied.message.contains("never come through your VPC"))
    #expect(denied.hint?.contains("exception to your rule") == true)
  }

  @Test(arguments: [
    CheckSample.aws, #"{"AWS":"134928160093"}"#, #"{"AWS":"*"}"#,
    #"{"AWS":"arn:aws:iam::134928160093:role/InfoSumImportConnector"}"#,
  ])
  func `closing an open statement keeps the other ICCs that it let in`(_ principal: String) throws {
    var subject = try subject()
    // The same session name as the ICC's.
    subject.siblings.append(
      PolicyCheckSubject.Sibling(
        id: "icc_3", name: "Third", sessionName: "acme-import", externalIDs: [CheckSample.pending]))
    let text = CheckSample.trust(principal, "{}")
    let before = try #require(PolicyChecker.check(trust: .text(text), against: subject).trustPolicy)
    #expect(before.verdict == .unsafe)
    let corrected = try #require(before.corrected)
    let after = try #require(PolicyChecker.check(trust: .document(corrected), against: subject).trustPolicy)
    #expect(after.verdict == .works)
    #expect(after.siblings?.map(\.isServed) == before.siblings?.map(\.isServed))
    #expect(before.siblings?.contains { $0.isServed } == true)
  }

  private static let lambda =
    #"{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}"#
  private static let vendor =
    #"{"Effect":"Allow","Principal":{"AWS":"222233334444"},"Action":"sts:AssumeRole","#
    + #""Condition":{"StringEquals":{"sts:ExternalId":"vendor"}}}"#

  @Test(arguments: [
    ("{\"Statement\":[\(lambda)]}\n{\"Statement\":\(vendor)}", "text.two-documents"),
    ("\(lambda),\n\(vendor)", "text.lone-statement"), ("\(lambda)\n\(vendor)", "text.lone-statement"),
    ("[\(lambda),\(vendor)]", "text.lone-statement"),
  ])
  func `a correction keeps the statements of all parts of the text`(_ text: String, _ code: String) throws {
    let part = try CheckSample.check(text)
    #expect(part.findings.contains { $0.code.text == code })
    let statements = try #require(part.corrected)["Statement"]?.arrayValue?.map { $0.text() } ?? []
    #expect(statements.count == 3 && statements.prefix(2) == [Self.lambda, Self.vendor])
  }

  @Test(arguments: [
    (#"{"AWS":134928160093}"#, "policy.wrong-type"),
    (#"{"AWS":{"Fn::Sub":"arn:aws:iam::${AWS::AccountId}:root"}}"#, "policy.template-variable"),
    (#"{"AWS":[]}"#, "policy.principal-empty"),
  ])
  func `a principal that cannot be read is one finding`(_ principal: String, _ code: String) throws {
    let part = try CheckSample.check(CheckSample.trust(principal, CheckSample.equals))
    #expect(part.findings.map(\.code.text) == [code])
  }

  @Test(arguments: [#""<external-id>""#, #"{"Ref":"ExternalId"}"#])
  func `a placeholder as the external ID is one finding`(_ value: String) throws {
    let part = try CheckSample.check(Self.good.replacing("\"\(CheckSample.id)\"", with: value))
    #expect(part.findings.map(\.code.text) == ["policy.template-variable"] || value.hasPrefix("{"))
    #expect(part.findings.count == 1 && part.corrected != nil)
  }

  @Test func `a bucket in another account without an Allow has a finding that says so`() throws {
    var subject = try CheckSample.subject()
    subject.bucketOwner = "999988887777"
    let text = """
      {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*",
      "Resource":["arn:aws:s3:::acme-data","arn:aws:s3:::acme-data/*"],
      "Condition":{"NotIpAddress":{"aws:SourceIp":"192.0.2.0/24"}}}]}
      """
    let part = try #require(PolicyChecker.check(bucket: .text(text), against: subject).bucketPolicy)
    #expect(part.verdict == .blocked && part.corrected == nil)
    #expect(part.findings.contains { $0.code.text == "bucket.cross-account" && $0.severity == .error })
  }

  @Test func `an ARN in capital letters is corrected`() throws {
    let text = """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:ListBucket","s3:GetObject"],
      "Resource":["ARN:AWS:S3:::acme-data","arn:AWS:s3:::acme-data/exports/*"]}]}
      """
    let corrected = try #require(try CheckedKind.permission.check(text, try CheckSample.subject()).corrected)
    #expect(corrected["Statement"]?[0]?["Resource"] == ["arn:aws:s3:::acme-data", "arn:aws:s3:::acme-data/exports/*"])
  }
}
