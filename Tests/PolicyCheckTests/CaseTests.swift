import AWSPolicy
import JSON
import PolicyCheck
import Registry
import TestSupport
import Testing

/// Policies as people have them in public bug reports, each with the verdicts that are right. A
/// folder of files: `why` says where the mistake comes from.
@Suite struct CaseTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let content: JSONValue

    var testDescription: String { name }
    var kind: String { content.objectValue?["kind"]?.stringValue ?? "" }
    var verdicts: [String] { content.objectValue?["verdicts"]?.arrayValue?.compactMap(\.stringValue) ?? [] }
    var isCorrected: Bool { content.objectValue?["correctedWorks"] == true }

    func sibling() -> PolicyCheckSubject.Sibling? {
      guard let values = content.objectValue?["siblings"]?.arrayValue?.first?.objectValue else { return nil }
      return PolicyCheckSubject.Sibling(
        id: "icc_1", name: "Sibling", sessionName: values["sessionName"]?.stringValue ?? "",
        externalIDs: [String(repeating: "5", count: 64)])
    }

    func subject() -> PolicyCheckSubject {
      let icc = content.objectValue?["icc"]?.objectValue ?? JSONObject()
      let sibling = sibling()
      var subject = PolicyCheckSubject(
        connector: ConnectorIdentity(), sessionName: icc["sessionName"]?.stringValue ?? "acme-import",
        externalID: CheckSample.id, pendingExternalID: nil,
        roleARN: icc["userArn"]?.stringValue ?? CheckSample.role,
        bucket: icc["bucketName"]?.stringValue ?? "acme-data", prefix: "exports/",
        kmsKeyARN: icc["kmsKeyArn"]?.stringValue, now: Timestamp(milliseconds: 1_790_000_000_000),
        recognise: { text in sibling?.externalIDs.contains(text) == true ? .otherICC(name: "Sibling") : nil })
      subject.siblings = [sibling].compactMap { $0 }
      return subject
    }

    func text(_ subject: PolicyCheckSubject) -> String {
      let session = "arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/"
      let sibling = sibling()
      return (content.objectValue?["input"]?.stringValue ?? "")
        .replacing("{{sibling0.principal}}", with: session + (sibling?.sessionName ?? ""))
        .replacing("{{sibling0.externalId}}", with: sibling?.externalIDs.first ?? "")
        .replacing("{{externalId}}", with: CheckSample.id)
        .replacing("{{principal}}", with: session + subject.sessionName)
        .replacing("{{role}}", with: subject.roleARN ?? "")
    }

    func check(_ input: PolicyInput, _ subject: PolicyCheckSubject) -> PolicyCheckResult.Part? {
      switch kind {
      case "trust": PolicyChecker.check(trust: input, against: subject).trustPolicy
      case "permission": PolicyChecker.check(permission: input, against: subject).permissionPolicy
      default: PolicyChecker.check(bucket: input, against: subject).bucketPolicy
      }
    }
  }

  static let all = Fixtures.files(in: "Fixtures/Cases", nextTo: #filePath).compactMap { file in
    (try? JSONValue(parsing: Array(file.content))).map { Case(name: file.name, content: $0) }
  }

  @Test func `all cases are read`() {
    #expect(Self.all.count == 102)
  }

  @Test(arguments: all)
  func `a policy from practice has the right verdict, and its correction works`(_ row: Case) throws {
    let subject = row.subject()
    let part = try #require(row.check(.text(row.text(subject)), subject))
    let codes = part.findings.map(\.code.text)
    #expect(row.verdicts.contains(part.verdict.rawValue), "\(part.verdict) \(codes)")
    #expect(part.verdict != .works || part.findings.allSatisfy { $0.severity != .error }, "\(codes)")
    #expect(part.verdict == .works || part.findings.contains { $0.severity != .info }, "\(codes)")
    if let corrected = part.corrected {
      let again = try #require(row.check(.document(corrected), subject))
      #expect(again.verdict == .works, "\(corrected.text()) \(again.findings.map(\.code.text))")
      if let sibling = row.sibling(), row.kind == "trust" {
        #expect(again.siblings?.first?.isServed == true || part.siblings?.first?.isServed == false, "\(sibling)")
      }
    }
    #expect(!row.isCorrected || part.verdict == .works || part.corrected != nil, "no correction: \(codes)")
  }
}
