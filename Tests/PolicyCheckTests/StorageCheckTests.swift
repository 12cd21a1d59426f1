import AWSPolicy
import JSON
import PolicyCheck
import Registry
import Testing

@Suite struct StorageCheckTests {
  static let key = "arn:aws:kms:eu-west-1:111122223333:key/1"

  private func permission(_ text: String, prefix: String = "exports/", key: String? = nil) throws
    -> PolicyCheckResult.Part
  {
    let subject = try CheckSample.subject(prefix: prefix, key: key)
    return try #require(PolicyChecker.check(permission: .text(text), against: subject).permissionPolicy)
  }

  private func statements(_ rows: [String]) -> String {
    "{\"Version\":\"2012-10-17\",\"Statement\":[\(rows.map { "{\"Effect\":\"Allow\",\($0)}" }.joined(separator: ","))]}"
  }

  @Test(arguments: ["", "exports/", "a*b/", "é?$/"])
  func `the generated policies work`(_ prefix: String) throws {
    let grant = S3ReadGrant(partition: "aws", bucket: "acme-data", prefix: prefix, kmsKeyARN: Self.key)
    let part = try permission(grant.permissionPolicy.text, prefix: prefix, key: Self.key)
    #expect(part.verdict == .works)
    #expect(part.findings.isEmpty)
    #expect(part.probes.map(\.name) == ["listBucket", "getObject", "kmsDecrypt"])
  }

  static let list = #""Action":"s3:ListBucket","Resource":"arn:aws:s3:::acme-data""#
  static let get = #""Action":"s3:GetObject","Resource":"arn:aws:s3:::acme-data/exports/*""#

  @Test(
    arguments: [
      ([list, get], "works", nil), ([get], "blocked", "permission.action-missing"),
      ([list], "blocked", "permission.action-missing"),
      (
        [#""Action":["s3:ListBucket","s3:GetObject"],"Resource":"arn:aws:s3:::acme-data/*""#], "blocked",
        "permission.list-on-objects"
      ),
      (
        [#""Action":["s3:ListBucket","s3:GetObject"],"Resource":"arn:aws:s3:::acme-data""#], "blocked",
        "permission.get-on-bucket"
      ),
      (
        [list, #""Action":"s3:GetObject","Resource":"arn:aws:s3:::acme-data/imports/*""#], "blocked",
        "permission.wrong-prefix"
      ),
      ([list, #""Action":"s3:GetObject","Resource":"arn:aws:s3:::acme/*""#], "blocked", "permission.wrong-bucket"),
      (
        [list, #""Action":"s3:GetObject","Resource":"arn:aws:s3:::acme-data/exports/*.csv""#], "undetermined",
        "permission.objects-partly"
      ),
      ([list + #","Condition":{"StringLike":{"s3:prefix":"imports/*"}}"#, get], "blocked", "permission.wrong-prefix"),
      ([list + #","Condition":{"StringEquals":{"s3:prefix":["","exports/"]}}"#, get], "works", nil),
      (
        [list + #","Condition":{"IpAddress":{"aws:SourceIp":"192.0.2.0/24"}}"#, get], "undetermined",
        "permission.undetermined"
      ),
      ([#""Action":"s3:*","Resource":"*""#], "works", "permission.more-than-needed"),
      ([#""Action":["s3:Get*","s3:List*"],"Resource":"*""#], "works", "permission.more-than-needed"),
      (
        [list.replacing("acme-data", with: "acme-data/*"), get.replacing("/exports/*", with: "")], "blocked",
        "permission.list-on-objects"
      ),
      ([list + #","Condition":{"StringEquals":{"s3:prefix":"exports"}}"#, get], "blocked", "permission.wrong-prefix"),
      (
        [list + #","Condition":{"StringEquals":{"s3:prefix":"/exports/"}}"#, get], "blocked", "permission.wrong-prefix"
      ),
      ([#""Action":"s3:ListBucket","Resource":"acme-data""#], "blocked", "policy.resource-not-arn"),
    ] as [([String], String, String?)])
  func `an error in a permission policy has its finding`(_ rows: [String], _ verdict: String, _ code: String?) throws {
    let part = try permission(statements(rows))
    #expect(part.verdict.rawValue == verdict)
    let codes = part.findings.map(\.code.text)
    if let code { #expect(codes.contains(code), "\(codes)") } else { #expect(codes.isEmpty, "\(codes)") }
    guard verdict != "works" else { return }
    // A restriction whose effect the registry cannot see stays as the customer chose it.
    let corrected = try CheckedKind.permission.expectHolds(part, CheckSample.subject())
    #expect((corrected != nil) == (verdict == "blocked"))
  }

  /// More than an import needs: what is superfluous is told beside nothing that does harm.
  @Test(
    arguments: [
      (#""Action":"s3:*","Resource":"*""#, .warning, ": s3:PutObject, s3:DeleteObject, reading other buckets."),
      (
        #""Action":["s3:GetObject","s3:GetBucketLocation"],"Resource":["arn:aws:s3:::*"]"#, .warning,
        ": reading other buckets."
      ),
      (#""Action":"s3:PutObject","Resource":"arn:aws:s3:::acme-data/*""#, .warning, ": s3:PutObject."),
      (
        #""Action":"s3:GetObject","Resource":"arn:aws:s3:::acme-data/*""#, .info,
        ": reading objects outside the prefix."
      ),
      (
        #""Action":"s3:GetObject","Resource":"arn:aws:s3:::acme-data/exports*""#, .info,
        ": reading objects outside the prefix."
      ),
      (
        #""Action":["s3:ListAllMyBuckets","s3:GetBucketLocation"],"Resource":"*""#, .info,
        ": s3:ListAllMyBuckets, s3:GetBucketLocation."
      ),
      (
        #""Action":"s3:GetObjectVersion","Resource":"arn:aws:s3:::acme-data/exports/*""#, .info,
        ": s3:GetObjectVersion."
      ),
    ] as [(String, FindingSeverity, String)])
  func `permissions beyond an import are reported`(_ statement: String, _ severity: FindingSeverity, _ message: String)
    throws
  {
    let part = try permission(statements([statement, Self.list, Self.get]))
    #expect(part.verdict == .works)
    let finding = try #require(part.findings.first { $0.code.text == "permission.more-than-needed" })
    #expect(part.findings.count == 1 && finding.severity == severity)
    #expect(finding.message.hasSuffix(message), "\(finding.message)")
    #expect(finding.position?.pointer.description == "/Statement/0")
  }

  /// A Deny is told once, with all that it denies, and with what it turns on.
  @Test(
    arguments: [
      (
        #""Action":"s3:*","Resource":"*""#, "blocked", .error, "denies s3:ListBucket, s3:GetObject.",
        "ArnNotEquals"
      ),
      (
        #""Action":"s3:*","Resource":"*","Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1"}}"#, "blocked",
        .error, "denies s3:ListBucket, s3:GetObject.", "ArnNotEquals"
      ),
      (
        #""Action":"s3:GetObject","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalTag/team":"x"}}"#,
        "undetermined", .warning,
        "may deny s3:GetObject: aws:PrincipalTag/team depends on the tags of your role, which the registry cannot see.",
        "ArnNotEquals"
      ),
    ] as [(String, String, FindingSeverity, String, String)])
  func `a Deny that blocks the import is reported`(
    _ statement: String, _ verdict: String, _ severity: FindingSeverity, _ message: String, _ hint: String
  ) throws {
    let text = CorrectionTests.document([
      "{\"Effect\":\"Allow\",\(Self.list)}", "{\"Effect\":\"Allow\",\(Self.get)}",
      "{\"Effect\":\"Deny\",\(statement)}",
    ])
    let part = try permission(text)
    #expect(part.verdict.rawValue == verdict)
    let finding = try #require(part.findings.first)
    #expect(part.findings.map(\.code.text) == ["permission.denied"])
    #expect(finding.severity == severity && finding.position?.pointer.description == "/Statement/2")
    #expect(finding.message.contains(message), "\(finding.message)")
    #expect(finding.hint?.contains(hint) == true)
    let corrected = try CheckedKind.permission.expectHolds(part, CheckSample.subject())
    #expect((corrected != nil) == (verdict == "blocked"))
  }

  /// A missing Allow is reported, whatever a Deny may do.
  @Test func `an undetermined Deny does not hide a missing action`() throws {
    let text = CorrectionTests.document([
      "{\"Effect\":\"Allow\",\(Self.list)}",
      #"{"Effect":"Deny","Action":"s3:GetObject","Resource":"*","Condition":{"StringNotEquals":{"aws:SourceVpce":"x"}}}"#,
    ])
    let part = try permission(text)
    #expect(part.verdict == .blocked)
    #expect(part.findings.map(\.code.text).sorted() == ["permission.denied"])
  }

  @Test(
    arguments: [
      (#""Resource":"arn:aws:kms:eu-west-1:111122223333:alias/x""#, "blocked", "permission.kms-is-alias"),
      (#""Resource":"arn:aws:kms:eu-west-1:111122223333:key/2""#, "blocked", "permission.kms-wrong-key"),
      (#""Resource":"arn:aws:kms:*:111122223333:key/*""#, "works", nil),
      (
        #""Resource":"\#(key)","Condition":{"StringEquals":{"kms:ViaService":"s3.eu-west-1.amazonaws.com"}}"#, "works",
        nil
      ),
      (
        #""Resource":"\#(key)","Condition":{"StringEquals":{"kms:ViaService":"s3.us-east-1.amazonaws.com"}}"#,
        "blocked", "permission.condition-never-holds"
      ),
      (#""Resource":"\#(key)","Condition":{"StringEquals":{"kms:CallerAccount":"111122223333"}}"#, "works", nil),
      (
        #""Resource":"\#(key)","Condition":{"StringLike":{"kms:EncryptionContext:aws:s3:arn":"arn:aws:s3:::a*"}}"#,
        "works", nil
      ),
    ] as [(String, String, String?)])
  func `an error in the key statement has its finding`(_ statement: String, _ verdict: String, _ code: String?) throws {
    let part = try permission(
      statements([Self.list, Self.get, "\"Action\":\"kms:Decrypt\",\(statement)"]), key: Self.key)
    #expect(part.verdict.rawValue == verdict)
    #expect(part.findings.map(\.code.text) == [code].compactMap { $0 })
  }

  @Test func `the KMS key must be granted`() throws {
    let part = try permission(statements([Self.list, Self.get]), key: Self.key)
    #expect(part.verdict == .blocked)
    #expect(part.findings.map(\.code.text) == ["permission.kms-missing"])
    #expect(part.corrected?["Statement"]?[2]?["Resource"]?.stringValue == Self.key)
  }

  private func bucket(_ statements: String, role: String? = CheckSample.role) throws -> PolicyCheckResult.Part {
    let text = "{\"Version\":\"2012-10-17\",\"Statement\":[\(statements)]}"
    return try #require(
      PolicyChecker.check(bucket: .text(text), against: try CheckSample.subject(role: role)).bucketPolicy)
  }

  static let all = #""Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::acme-data","arn:aws:s3:::acme-data/*"]"#

  @Test(
    arguments: [
      (#"{"Effect":"Deny",ALL}"#, "blocked", "bucket.denied"),
      (#"{"Effect":"Deny",ALL,"Condition":{"Bool":{"aws:SecureTransport":"false"}}}"#, "works", "bucket.cross-account"),
      (
        #"{"Effect":"Deny",ALL,"Condition":{"NotIpAddress":{"aws:SourceIp":"192.0.2.0/24"}}}"#, "undetermined",
        "bucket.deny-unknown"
      ),
      (
        #"{"Effect":"Deny",ALL,"Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1"}}}"#, "blocked",
        "bucket.denied"
      ),
      (
        #"{"Effect":"Deny",ALL,"Condition":{"ArnNotEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/admin"}}}"#,
        "blocked", "bucket.denied"
      ),
      (
        #"{"Effect":"Deny",ALL,"Condition":{"ArnNotEquals":{"aws:PrincipalArn":["arn:aws:iam::111122223333:role/infosum-import"]}}}"#,
        "works", "bucket.cross-account"
      ),
      (#"{"Sid":"In here","Effect":"Allow",ALL}"#, "works", "bucket.allows-everyone"),
      (
        #"{"Effect":"Deny","NotPrincipal":{"AWS":["111122223333","arn:aws:iam::111122223333:role/infosum-import"]},"Action":"s3:*","Resource":"arn:aws:s3:::acme-data"}"#,
        "blocked", "bucket.denied"
      ),
      (
        #"{"Effect":"Deny","NotPrincipal":{"AWS":"arn:aws:iam::999988887777:root"},"Action":"s3:*","Resource":"arn:aws:s3:::acme-data"}"#,
        "blocked", "bucket.denied"
      ),
      (
        #"{"Effect":"Allow","Principal":{"AWS":"arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/acme-import"},"Action":"s3:*","Resource":"arn:aws:s3:::acme-data"}"#,
        "works", "bucket.principal-is-infosum"
      ),
      (
        #"{"Effect":"Deny",ALL,"Condition":{"StringNotLike":{"aws:userId":["AROAEXAMPLEID:*"]}}}"#, "blocked",
        "bucket.denied"
      ),
    ] as [(String, String, String?)])
  func `an error in a bucket policy has its finding`(_ statement: String, _ verdict: String, _ code: String?) throws {
    let part = try bucket(statement.replacing("ALL", with: Self.all))
    #expect(part.verdict.rawValue == verdict)
    let codes = part.findings.map(\.code.text)
    if let code { #expect(codes.contains(code), "\(codes)") } else { #expect(codes.isEmpty, "\(codes)") }
    guard verdict != "works" else { return }
    // A restriction whose effect the registry cannot see stays as the customer chose it.
    let corrected = try CheckedKind.bucket.expectHolds(part, CheckSample.subject())
    #expect((corrected != nil) == (verdict == "blocked"))
  }

  /// The reason why the effect of a Deny on the role is undetermined.
  @Test(arguments: [
    (
      #""Principal":"*","Condition":{"NotIpAddress":{"aws:SourceIp":"192.0.2.0/24"}}"#,
      "aws:SourceIp is the address of InfoSum, not of your network; ask InfoSum for its addresses."
    ),
    (
      #""Principal":"*","Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-1","aws:PrincipalType":"User"}}"#,
      "aws:PrincipalOrgID is the organisation of the role's account, which the registry cannot see."
    ),
    (#""Principal":{"AWS":"AROAJQABLZS4A3QDU576Q"}"#, "it depends on values the registry cannot see."),
  ])
  func `the reason of an undetermined Deny is given`(_ members: String, _ words: String) throws {
    let part = try bucket(
      "{\"Effect\":\"Deny\",\(members),\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::acme-data*\"}")
    let finding = try #require(part.findings.first { $0.code.text == "bucket.deny-unknown" })
    #expect(finding.message.contains("may deny the role: " + words), "\(finding.message)")
  }

  /// The errors that S3 finds when it compares the policy with the bucket: the code, its location,
  /// and its message.
  @Test(
    arguments: [
      (
        #""Action":"s3:*","Resource":"arn:aws:s3:::other/*""#, "bucket.other-bucket", "/Statement/0/Resource",
        "acme-data"
      ),
      (
        #""Action":"s3:*","Resource":"arn:aws:s3:::acme-data-2""#, "bucket.other-bucket", "/Statement/0/Resource",
        "acme-data"
      ),
      (
        #""Action":"s3:*","Resource":["arn:aws:s3:::acme-data","arn:aws:s3:::other"]"#, "bucket.other-bucket",
        "/Statement/0/Resource/1", "acme-data"
      ),
      (#""Action":"s3:*","Resource":"*""#, "bucket.other-bucket", "/Statement/0/Resource", "bucket"),
      (
        #""Action":"s3:GetObject","Resource":"arn:aws:s3:::acme-data""#, "bucket.action-without-resource",
        "/Statement/0/Action", "about objects"
      ),
      (
        #""Action":["s3:GetObject","s3:listbucket"],"Resource":"arn:aws:s3:::acme-data/*""#,
        "bucket.action-without-resource", "/Statement/0/Action/1", "about the bucket"
      ),
      (#""Action":"s3:*","Resource":"arn:aws:s3:::acme-*""#, nil, "", ""),
      (
        #""Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::acme-data","arn:aws:s3:::acme-data/*"]"#,
        nil, "", ""
      ),
      (#""Action":"s3:GetObject","Resource":"arn:aws:s3:::acme-data*""#, nil, "", ""),
      (#""Action":"s3:*","Resource":"arn:aws:s3:eu-west-1:111122223333:accesspoint/x""#, nil, "", ""),
    ] as [(String, String?, String, String)])
  func `an error that S3 finds in a bucket policy is blocked`(
    _ statement: String, _ code: String?, _ pointer: String, _ words: String
  ) throws {
    let part = try bucket("{\"Effect\":\"Deny\",\"Principal\":{\"AWS\":\"999988887777\"},\(statement)}")
    let finding = part.findings.first { $0.code.text.hasPrefix("bucket.") && $0.severity == .error }
    #expect(finding?.code.text == code)
    guard let finding else { return }
    #expect(part.verdict == .blocked)
    #expect(finding.position?.pointer.description == pointer)
    #expect(finding.message.contains(words))
    #expect(finding.hint?.contains("arn:aws:s3:::acme-data") == true)
    // Which bucket was meant is in doubt.
    #expect(part.corrected == nil)
  }

  @Test func `a draft has no role to check`() throws {
    let part = try bucket("{\"Effect\":\"Deny\",\(Self.all)}", role: nil)
    #expect(part.verdict == .undetermined)
    #expect(part.findings.map(\.code.text) == ["bucket.role-unknown"])
  }
}
