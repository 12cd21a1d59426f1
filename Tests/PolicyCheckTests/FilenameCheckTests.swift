import AWSPolicy
import JSON
import PolicyCheck
import Registry
import RegistryTestSupport
import Testing

/// The check of policies for an ICC with filenames.
@Suite struct FilenameCheckTests {
  private static let key = "arn:aws:kms:eu-west-1:111122223333:key/1"
  private static let list = #"{"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::acme-data"}"#
  private static let filenames = ["*.csv", "2026/orders.parquet"]

  private static func getting(_ keys: String...) -> String {
    let resources = keys.map { "\"arn:aws:s3:::acme-data/\($0)\"" }.joined(separator: ",")
    return "{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":[\(resources)]}"
  }

  private static func check(_ statements: [String], _ filenames: [String] = filenames) throws -> PolicyCheckResult.Part
  {
    let text = "{\"Version\":\"2012-10-17\",\"Statement\":[\(statements.joined(separator: ","))]}"
    let subject = try CheckSample.subject(filenames: filenames)
    return try #require(PolicyChecker.check(permission: .text(text), against: subject).permissionPolicy)
  }

  @Test(arguments: [[], ["*.csv"], ["*"], Array(awkwardFilenames), (0..<100).map { "o\($0)*" }])
  func `the generated policies work for every list`(_ filenames: [String]) throws {
    let subject = try CheckSample.subject(prefix: "a*$/", filenames: filenames, key: Self.key)
    let grant = S3ReadGrant(
      partition: "aws", bucket: "acme-data", prefix: "a*$/", filenames: filenames, kmsKeyARN: Self.key)
    let keyPolicy = PolicyDocument([grant.keyPolicyStatement(role: CheckSample.role)].compactMap(\.self))
    let result = PolicyChecker.check(
      permission: .document(grant.permissionPolicy.json),
      bucket: .document(grant.bucketPolicy(role: CheckSample.role).json), key: .document(keyPolicy.json),
      against: subject)
    #expect(result.verdict == .works)
    // A long policy is stored as an inline one, which the warning says.
    let codes = result.permissionPolicy?.findings.map(\.code.text) ?? []
    #expect(codes == (grant.permissionPolicy.size > PolicySizeLimit.managedPolicy ? ["policy.too-long"] : []))
  }

  @Test(
    arguments: [
      ([list, getting("exports/*.csv", "exports/2026/orders.parquet")], "works", []),
      ([list, getting("exports/*")], "works", ["permission.more-than-needed"]),
      ([list, getting("*.csv", "exports/2026/orders.parquet")], "works", ["permission.more-than-needed"]),
      ([list, getting("exports/*.csv")], "blocked", ["permission.filename-not-covered"]),
      ([list, getting("exports/2026/orders.parquet")], "blocked", ["permission.filename-not-covered"]),
      ([list, getting("exports/*.parquet")], "blocked", ["permission.filename-not-covered"]),
      ([list], "blocked", ["permission.action-missing"]),
      (
        [list, getting("exports/a*.csv", "exports/2026/orders.parquet")], "undetermined", ["permission.objects-partly"]
      ),
      (
        [
          list, getting("exports/*"),
          #"{"Effect":"Deny","Action":"s3:GetObject","Resource":"arn:aws:s3:::acme-data/exports/2026/*"}"#,
        ], "blocked", ["permission.more-than-needed", "permission.denied"]
      ),
      (
        [
          list, getting("exports/*"),
          #"{"Effect":"Deny","Action":"s3:GetObject","Resource":"arn:aws:s3:::acme-data/exports/*.gpg"}"#,
        ], "works", ["permission.more-than-needed"]
      ),
    ] as [([String], String, [String])])
  func `the verdict follows from the files that can be read`(
    statements: [String], verdict: String, codes: [String]
  ) throws {
    let part = try Self.check(statements)
    #expect(part.verdict.rawValue == verdict)
    #expect(part.findings.map(\.code.text) == codes, "\(part.findings.map(\.message))")
    if let corrected = part.corrected {
      let again = try Self.check((corrected["Statement"]?.arrayValue ?? []).map { $0.text() })
      #expect(again.verdict == .works, "\(corrected.text())")
    } else {
      #expect(verdict != "blocked")
    }
  }

  @Test func `a finding names the filenames and the ARNs that are missing`() throws {
    let finding = try #require(try Self.check([Self.list, Self.getting("exports/*.csv")]).findings.first)
    #expect(finding.message.contains("\"2026/orders.parquet\"") && !finding.message.contains("*.csv"))
    #expect(finding.hint == "Allow s3:GetObject on arn:aws:s3:::acme-data/exports/2026/orders.parquet.")
  }

  @Test func `a missing filename is added to the statement of the others`() throws {
    let corrected = try #require(try Self.check([Self.list, Self.getting("exports/*.csv")]).corrected)
    let objects = ["arn:aws:s3:::acme-data/exports/*.csv", "arn:aws:s3:::acme-data/exports/2026/orders.parquet"]
    #expect(corrected["Statement"]?[1]?["Resource"]?.arrayValue?.compactMap(\.stringValue) == objects)
    #expect(corrected["Statement"]?.arrayValue?.count == 2)
  }

  @Test func `everything under the prefix needs no finding if the filenames mean everything`() throws {
    #expect(try Self.check([Self.list, Self.getting("exports/*")], ["*"]).findings.isEmpty)
  }

  @Test(arguments: [
    (["exports/*.csv", "exports/2026/orders.parquet"], "works"), (["*"], "works"), (["exports/*.csv"], "undetermined"),
  ]) func `a key policy for only some files is undetermined`(keys: [String], verdict: String) throws {
    let subject = try CheckSample.subject(filenames: Self.filenames, key: Self.key)
    let arns = ["arn:aws:s3:::acme-data"] + keys.map { "arn:aws:s3:::acme-data/" + $0 }
    let statement = PolicyStatement(
      principals: [CheckSample.role], actions: ["kms:Decrypt"], resources: ["*"],
      conditions: [PolicyCondition("StringLike", "kms:EncryptionContext:aws:s3:arn", arns)])
    let part = PolicyChecker.check(key: .document(PolicyDocument([statement]).json), against: subject).keyPolicy
    #expect(part?.verdict.rawValue == verdict)
  }

  @Test func `a hundred filenames stay within the steps`() throws {
    let filenames = (0..<100).map { "*-\($0)-orders-????.csv" }
    for statements in [[Self.list], [Self.list, Self.getting("exports/*-1-orders-????.csv")]] {
      let part = try Self.check(statements, filenames)
      #expect(part.verdict == .blocked)
      #expect(part.corrected != nil)
      #expect(part.steps < PolicyChecker.maxSteps / 2, "\(part.steps)")
    }
  }
}
