import AWSPolicy
import JSON
import PolicyCheck
import Registry
import Testing

enum CheckSample {
  static let id = String(repeating: "0123456789abcdef", count: 4)
  static let pending = String(repeating: "fedcba9876543210", count: 4)
  static let retired = String(repeating: "1", count: 64)
  static let other = String(repeating: "2", count: 64)
  static let session = "arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/acme-import"
  static let role = "arn:aws:iam::111122223333:role/infosum-import"

  static func subject(
    pending: String? = nil, prefix: String = "exports/", filenames: [String] = [], key: String? = nil,
    role: String? = role
  ) throws -> PolicyCheckSubject {
    var subject = PolicyCheckSubject(
      connector: ConnectorIdentity(), sessionName: "acme-import", externalID: id, pendingExternalID: pending,
      roleARN: role, bucket: "acme-data", prefix: prefix, kmsKeyARN: key,
      now: Timestamp(milliseconds: 1_795_392_000_000),
      recognise: { text in
        switch text {
        case retired: .retired(Timestamp(milliseconds: 1_795_392_000_000))
        case other: .otherICC(name: "Other")
        default: nil
        }
      })
    subject.filenames = filenames
    return subject
  }

  static func trust(_ principal: String, _ condition: String, more: String = "") -> String {
    let action = "\"Action\":\"sts:AssumeRole\""
    let statement = "{\"Effect\":\"Allow\",\"Principal\":\(principal),\(action),\"Condition\":\(condition)}"
    return "{\"Version\":\"2012-10-17\",\"Statement\":[\(statement)\(more)]}"
  }

  static let aws = "{\"AWS\":\"\(session)\"}"
  static let equals = "{\"StringEquals\":{\"sts:ExternalId\":\"\(id)\"}}"

  static func check(_ text: String, pending: String? = nil) throws -> PolicyCheckResult.Part {
    try #require(PolicyChecker.check(trust: .text(text), against: try subject(pending: pending)).trustPolicy)
  }

  static func letters(_ part: PolicyCheckResult.Part) -> String {
    String(part.probes.map { $0.answer.rawValue.first ?? "?" })
  }
}

@Suite struct TrustCheckTests {
  static let good = PolicyDocument.trust([TrustGrant(principal: CheckSample.session, externalIDs: [CheckSample.id])])
    .text

  @Test func `the generated trust policy works`() throws {
    let part = try CheckSample.check(Self.good)
    #expect(part.verdict == .works)
    #expect(CheckSample.letters(part) == "addd")
    #expect(part.findings.isEmpty)
    #expect(part.corrected == nil)
  }

  @Test func `fields that differ only in case are not merged into a duplicate`() throws {
    let text = Self.good.replacing("\"Version\": ", with: "\"version\": \"2012-10-17\", \"VERSION\": ")
    let corrected = try #require(try CheckSample.check(text).corrected)
    #expect(try JSONValue(parsing: corrected.bytes()) == corrected)
    #expect(try CheckSample.check(corrected.text()).verdict == .works)
  }

  @Test func `the placeholder is the only finding and is at line 7`() throws {
    let text = Self.good.replacing("acme-import", with: "Your Session Name")
    let part = try CheckSample.check(text)
    let finding = try #require(part.findings.first)
    #expect(part.findings.count == 1)
    #expect(finding.code.text == "trust.session-name-placeholder")
    #expect(finding.position?.location?.line == 7)
    #expect(finding.position?.location?.column == 16)
    #expect(finding.position?.pointer.description == "/Statement/0/Principal/AWS")
    #expect(part.verdict == .blocked)
    #expect(part.corrected?.text(.pretty) == Self.good)
  }

  /// The conditions of the state table: probes (right, none, wrong, other session), verdict, and
  /// the finding that explains.
  @Test(
    arguments: [
      (#"{"StringEquals":{"sts:ExternalId":"ID"}}"#, "addd", "works", nil),
      (#"{"StringEquals":{"sts:ExternalId":["ID","1111"]}}"#, "addd", "works", "trust.external-id-not-ours"),
      (#"{"StringEqualsIgnoreCase":{"sts:ExternalId":"ID"}}"#, "addd", "works", "trust.external-id-ignore-case"),
      (#"{"StringLike":{"sts:ExternalId":"0123*"}}"#, "addd", "works", "trust.external-id-weak"),
      (#"{"ForAnyValue:StringEquals":{"sts:ExternalId":"ID"}}"#, "addd", "works", "trust.external-id-for-any-value"),
      (#"{"StringLike":{"sts:ExternalId":"*"}}"#, "adad", "unsafe", "trust.external-id-any"),
      (#"{"Null":{"sts:ExternalId":"false"}}"#, "adad", "unsafe", "trust.external-id-any"),
      (#"{}"#, "aaad", "unsafe", "trust.external-id-missing"),
      (#"{"StringNotEquals":{"sts:ExternalId":"other"}}"#, "aaad", "unsafe", "trust.external-id-not-required"),
      (#"{"StringEqualsIfExists":{"sts:ExternalId":"ID"}}"#, "aadd", "unsafe", "trust.external-id-optional"),
      (#"{"ForAllValues:StringEquals":{"sts:ExternalId":"ID"}}"#, "aadd", "unsafe", "trust.external-id-optional"),
      (#"{"StringEquals":{"sts:ExternalId":"*"}}"#, "dddd", "blocked", "trust.external-id-literal-wildcard"),
      (#"{"StringEquals":{"sts:ExternalId":"UPPER"}}"#, "dddd", "blocked", "trust.external-id-case"),
      (#"{"StringEquals":{"sts:ExternalId":" ID"}}"#, "dddd", "blocked", "trust.external-id-invisible-character"),
      (#"{"StringEquals":{"sts:ExternalId":[]}}"#, "dddd", "blocked", "trust.external-id-empty"),
      (#"{"StringEquals":{"sts:ExternalId":"SAMPLE"}}"#, "dddd", "blocked", "trust.external-id-sample"),
      (#"{"StringEquals":{"sts:ExternalId":"RETIRED"}}"#, "dddd", "blocked", "trust.external-id-retired"),
      (#"{"StringEquals":{"sts:ExternalId":"OTHER"}}"#, "dddd", "blocked", "trust.external-id-other-icc"),
      (#"{"StringEquals":{"sts:ExternalId":"nonsense"}}"#, "dddd", "blocked", "trust.external-id-wrong"),
      (#"{"Null":{"sts:ExternalId":"true"}}"#, "dadd", "unsafe", "trust.external-id-inverted"),
      (#"{"StringNotEquals":{"sts:ExternalId":"ID"}}"#, "daad", "unsafe", "trust.external-id-inverted"),
      (
        #"{"StringEquals":{"sts:ExternalId":"ID"},"Bool":{"aws:MultiFactorAuthPresent":"true"}}"#, "dddd", "blocked",
        "trust.mfa-required"
      ),
      (
        #"{"StringEquals":{"sts:ExternalId":"ID","aws:PrincipalArn":"SESSION"}}"#, "dddd", "blocked",
        "trust.principal-arn-condition"
      ),
      (
        #"{"StringEquals":{"sts:ExternalId":"ID","sts:RoleSessionName":"x"}}"#, "dddd", "blocked",
        "trust.role-session-name-condition"
      ),
      (
        #"{"StringEquals":{"sts:ExternalId":"ID"},"IpAddress":{"aws:SourceIp":"192.0.2.0/24"}}"#, "uddd",
        "undetermined", "trust.condition-unknown"
      ),
      (#"{"StringEquals":{"sts:ExternalId":"ID"},"Bool":{"aws:SecureTransport":"true"}}"#, "addd", "works", nil),
      (
        #"{"StringEquals":{"sts:ExternalId":"ID"},"DateLessThan":{"aws:CurrentTime":"2020-01-01T00:00:00Z"}}"#, "dddd",
        "blocked", "trust.condition-never-holds"
      ),
    ] as [(String, String, String, String?)])
  func `an error in a condition has its finding`(
    _ condition: String, _ probes: String, _ verdict: String, _ code: String?
  ) throws {
    let filled =
      condition
      .replacing("SAMPLE", with: ExternalID.sample.hex).replacing("RETIRED", with: CheckSample.retired)
      .replacing("OTHER", with: CheckSample.other).replacing("SESSION", with: CheckSample.session)
      .replacing("UPPER", with: CheckSample.id.uppercased()).replacing("\"ID\"", with: "\"\(CheckSample.id)\"")
      .replacing("\" ID\"", with: "\" \(CheckSample.id)\"")
    try expect(CheckSample.trust(CheckSample.aws, filled), probes, verdict, code)
  }

  @Test(
    arguments: [
      (
        #"{"AWS":"arn:aws:iam::134928160093:role/InfoSumImportConnector"}"#, "addd", "unsafe",
        "trust.principal-any-session"
      ),
      (#"{"AWS":"arn:aws:iam::134928160093:root"}"#, "addd", "unsafe", "trust.principal-whole-account"),
      (#"{"AWS":"134928160093"}"#, "addd", "unsafe", "trust.principal-whole-account"),
      (#"{"AWS":"*"}"#, "addd", "unsafe", "trust.principal-everyone"),
      (#""*""#, "dddd", "blocked", "policy.principal-everyone"),
      (
        #"{"AWS":"arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/*"}"#, "dddd", "blocked",
        "trust.principal-wildcard"
      ),
      (
        #"{"AWS":"arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/Acme-Import"}"#, "dddd", "blocked",
        "trust.session-name-differs"
      ),
      (
        #"{"AWS":"arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/acme import"}"#, "dddd", "blocked",
        "trust.session-name-differs"
      ),
      (
        #"{"AWS":"arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/else"}"#, "dddd", "blocked",
        "trust.session-name-differs"
      ),
      (
        #"{"AWS":"arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/your session name"}"#, "dddd",
        "blocked", "trust.session-name-placeholder"
      ),
      (
        #"{"AWS":"arn:aws:iam::134928160093:assumed-role/InfoSumImportConnector/acme-import"}"#, "dddd", "blocked",
        "trust.principal-iam-not-sts"
      ),
      (
        #"{"AWS":"arn:aws:sts::111122223333:assumed-role/InfoSumImportConnector/acme-import"}"#, "dddd", "blocked",
        "trust.principal-is-own-account"
      ),
      (
        #"{"AWS":"arn:aws:sts::134928160093:assumed-role/InfosumImportConnector/acme-import"}"#, "dddd", "blocked",
        "trust.principal-wrong-role"
      ),
      (
        #"{"AWS":"arn:aws-cn:sts::134928160093:assumed-role/InfoSumImportConnector/acme-import"}"#, "dddd", "blocked",
        "trust.principal-wrong-partition"
      ),
      (
        #"{"AWS":"arn:aws:iam::134928160093:user/InfoSumImportConnector"}"#, "dddd", "blocked",
        "trust.principal-wrong-kind"
      ),
      (#"{"AWS":"arn:aws:iam::111122223333:role/infosum-import"}"#, "dddd", "blocked", "trust.principal-is-own-role"),
      (#"{"AWS":"AROAJQABLZS4A3QDU576Q"}"#, "uuuu", nil, "trust.principal-unique-id"),
      (#"{"Service":"s3.amazonaws.com"}"#, "dddd", "blocked", "trust.service-principal-left-over"),
      (#"{"AWS":["SESSION","999988887777"]}"#, "addd", "works", "trust.extra-principal"),
      (
        #"{"AWS":["SESSION","arn:aws:iam::111122223333:root"],"Service":"s3.amazonaws.com"}"#, "addd", "works",
        "trust.service-principal-left-over"
      ),
      (#"{"AWS":"arn:aws:s3:::acme-data"}"#, "dddd", "blocked", "trust.principal-wrong-kind"),
      (#"{"AWS":"arn:aws:iam::111122223333:group/x"}"#, "dddd", "blocked", "trust.principal-wrong-kind"),
      (#"{"AWS":"arn:aws:iam::111122223333:policy/x"}"#, "dddd", "blocked", "trust.principal-wrong-kind"),
      (#"{"AWS":"arn:aws:iam::111122223333:instance-profile/x"}"#, "dddd", "blocked", "trust.principal-wrong-kind"),
      (
        #"{"AWS":"arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector"}"#, "dddd", "blocked",
        "trust.session-name-missing"
      ),
      (#"{"AWS":"arn:aws:iam::111122223333:user/jane"}"#, "dddd", "blocked", "trust.principal-is-own-account"),
      (#"{"AWS":"SESSION\u00a0"}"#, "dddd", "blocked", "trust.principal-invisible-character"),
    ] as [(String, String, String?, String)])
  func `an error in a principal has its finding`(
    _ principal: String, _ probes: String, _ verdict: String?, _ code: String
  ) throws {
    let text = CheckSample.trust(principal.replacing("SESSION", with: CheckSample.session), CheckSample.equals)
    if let verdict { try expect(text, nil, verdict, code) }
    #expect(try CheckSample.check(text).findings.contains { $0.code.text == code })
  }

  private func expect(_ text: String, _ probes: String?, _ verdict: String, _ code: String?) throws {
    let part = try CheckSample.check(text)
    if let probes { #expect(CheckSample.letters(part) == probes) }
    #expect(part.verdict.rawValue == verdict)
    let codes = part.findings.map(\.code.text)
    if let code { #expect(codes.contains(code), "\(codes)") } else { #expect(codes.isEmpty, "\(codes)") }
    guard part.verdict != .works else { return }
    guard part.verdict != .undetermined else {
      #expect(part.corrected == nil)
      return
    }
    #expect(try CheckedKind.trust.expectHolds(part, CheckSample.subject(), text) != nil)
  }

  /// A finding's code, a part of its message and one of its hint.
  @Test(
    arguments: [
      (
        ["AWS": .string(CheckSample.session + "\u{A0}")], nil, "trust.principal-invisible-character",
        "U+00A0 (a no-break space) is character 74", CheckSample.session
      ),
      (
        ["AWS": .string("\u{201C}" + CheckSample.session)], nil, "trust.principal-invisible-character",
        "U+201C (a typographic quote) is character 1", CheckSample.session
      ),
      (
        ["AWS": session("ACME-import")], nil, "trust.session-name-differs",
        "\"ACME-import\" differs from \"acme-import\" in case.", CheckSample.session
      ),
      (["AWS": session("acme import")], nil, "trust.session-name-differs", "in spaces", CheckSample.session),
      (["AWS": session("acme_import")], nil, "trust.session-name-differs", "punctuation", CheckSample.session),
      (
        ["AWS": session("other")], nil, "trust.session-name-differs", "this ICC's is \"acme-import\"",
        CheckSample.session
      ),
      (["AWS": "arn:aws:s3:::acme-data"], nil, "trust.principal-wrong-kind", "a bucket", CheckSample.session),
      (["AWS": "arn:aws:iam::111122223333:group/x"], nil, "trust.principal-wrong-kind", "a group", CheckSample.session),
      (
        ["AWS": "arn:aws:iam::111122223333:instance-profile/x"], nil, "trust.principal-wrong-kind",
        "an instance profile", CheckSample.session
      ),
      (
        nil, ["StringEquals": ["sts:ExternalId": .string(CheckSample.id + "\u{200B}")]],
        "trust.external-id-invisible-character", "U+200B (a zero-width space) is character 65", CheckSample.id
      ),
      (
        nil, ["StringEquals": ["sts:ExternalId": .string(CheckSample.id + "\u{200B}")]], "policy.character", "U+200B",
        "Remove it"
      ),
      (
        nil, ["StringEquals": ["sts:ExternalId": .string("\"\(CheckSample.id)\"")]],
        "trust.external-id-extra-characters", "more characters around it", CheckSample.id
      ),
      (
        nil, ["StringEquals": ["sts:ExternalId": .string(String(CheckSample.id.dropLast()))]],
        "trust.external-id-cut-short", "63 of the external ID's 64", CheckSample.id
      ),
      (
        nil, ["StringEqual": ["sts:ExternalId": .string(CheckSample.id)]], "policy.condition-operator", "StringEqual",
        "Write StringEquals."
      ),
      (
        nil, ["Matches": ["sts:ExternalId": .string(CheckSample.id)]], "policy.condition-operator", "Matches",
        "Use an operator"
      ),
      (
        nil, ["StringEquals": ["ExternalId": .string(CheckSample.id)]], "policy.condition-key", "ExternalId",
        "Write sts:ExternalId."
      ),
    ] as [(JSONValue?, JSONValue?, String, String, String)])
  func `a finding has its message and hint`(
    _ principal: JSONValue?, _ condition: JSONValue?, _ code: String, _ message: String, _ hint: String
  ) throws {
    let text = CheckSample.trust(principal?.text() ?? CheckSample.aws, condition?.text() ?? CheckSample.equals)
    let part = try CheckSample.check(text)
    #expect(part.verdict == .blocked)
    let finding = try #require(part.findings.first { $0.code.text == code }, "\(part.findings.map(\.code.text))")
    #expect(finding.message.contains(message), "\(finding.message)")
    #expect(finding.hint?.contains(hint) == true, "\(finding.hint ?? "")")
    #expect(!part.findings.contains { $0.code.text == "trust.condition-unknown" })
  }

  static func session(_ name: String) -> JSONValue {
    .string(CheckSample.session.replacing("acme-import", with: name))
  }

  /// A policy pasted in another's position is called by its name.
  @Test(arguments: [
    ("trust", #""Action":["s3:ListBucket"],"Resource":"*""#, "text.is-permission-policy"),
    ("bucket", #""Action":["s3:ListBucket"],"Resource":"*""#, "text.is-permission-policy"),
    ("permission", #""Principal":{"AWS":"*"},"Action":"sts:AssumeRole""#, "text.is-trust-policy"),
    ("bucket", #""Principal":{"AWS":"*"},"Action":"sts:AssumeRole""#, "text.is-trust-policy"),
    ("trust", #""Principal":{"AWS":"*"},"Action":"s3:*","Resource":"arn:aws:s3:::acme-data""#, "text.is-bucket-policy"),
    (
      "permission", #""Principal":{"AWS":"*"},"Action":"s3:*","Resource":"arn:aws:s3:::acme-data""#,
      "text.is-bucket-policy"
    ),
  ])
  func `a policy in the wrong box is named`(_ kind: String, _ statement: String, _ code: String) throws {
    let kind = try #require(CheckedKind(rawValue: kind))
    let part = try kind.check(
      CorrectionTests.document(["{\"Effect\":\"Allow\",\(statement)}"]), CheckSample.subject())
    #expect(part.verdict == .blocked)
    let finding = try #require(part.findings.first { $0.code.text == code }, "\(part.findings.map(\.code.text))")
    #expect(finding.severity == .error && finding.hint != nil && finding.position?.location?.line == 1)
    #expect(!part.findings.contains { $0.code.text.hasPrefix("trust.") })
  }

  @Test func `a Deny for other external IDs is safe`() throws {
    let deny =
      #",{"Effect":"Deny","Principal":{"AWS":"*"},"Action":"sts:AssumeRole","Condition":{"StringNotEquals":{"sts:ExternalId":"ID"}}}"#
    let part = try CheckSample.check(
      CheckSample.trust(CheckSample.aws, "{}", more: deny.replacing("ID\"}", with: "\(CheckSample.id)\"}")))
    #expect(part.verdict == .works)
    #expect(CheckSample.letters(part) == "addd")
  }

  @Test func `other statements stay unchanged and in order`() throws {
    let before =
      #"{"Sid":"Ours","Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}"#
    let after =
      #"{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":["sts:AssumeRole"],"Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}"#
    let wrong = CheckSample.trust(CheckSample.aws, #"{"StringLike":{"sts:ExternalId":"*"}}"#)
    let text = wrong.replacing("[{", with: "[\(before),{").replacing("}]}", with: "},\(after)]}")
    let part = try CheckSample.check(text)
    #expect(part.verdict == .unsafe)
    let statements = try #require(part.corrected?["Statement"]?.arrayValue)
    #expect(statements.count == 3)
    #expect(statements.first?.text() == before)
    #expect(statements.last?.text() == after)
    #expect(statements[1]["Condition"]?.text() == CheckSample.equals)
  }

  @Test func `a rotation in progress needs both external IDs`() throws {
    let part = try CheckSample.check(Self.good, pending: CheckSample.pending)
    #expect(part.verdict == .works)
    #expect(part.findings.map(\.code.text) == ["trust.pending-external-id-missing"])
    let early = try CheckSample.check(
      Self.good.replacing(CheckSample.id, with: CheckSample.pending), pending: CheckSample.pending)
    #expect(early.verdict == .blocked)
    #expect(early.findings.map(\.code.text) == ["trust.external-id-pending"])
    let both = PolicyDocument.trust([
      TrustGrant(principal: CheckSample.session, externalIDs: [CheckSample.id, CheckSample.pending])
    ])
    #expect(early.corrected == both.json)
    #expect(try CheckSample.check(both.text, pending: CheckSample.pending).findings.isEmpty)
  }

  @Test func `the answer has the documented fields`() throws {
    let result = PolicyChecker.check(
      trust: .text(Self.good.replacing("acme-import", with: "Your Session Name")), against: try CheckSample.subject())
    let json = result.json(iccVersion: 3)
    #expect(json.objectValue?.members.map(\.name) == ["verdict", "iccVersion", "trustPolicy"])
    #expect(
      json["trustPolicy"]?["probes"]?.text()
        == #"{"rightExternalId":"deny","noExternalId":"deny","wrongExternalId":"deny","otherSession":"deny"}"#)
    let finding = try #require(json["trustPolicy"]?["findings"]?[0]?.objectValue)
    #expect(finding.members.map(\.name) == ["code", "severity", "line", "column", "pointer", "message", "hint"])
  }
}
