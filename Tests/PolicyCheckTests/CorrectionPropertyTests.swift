import AWSPolicy
import JSON
import PolicyCheck
import Registry
import TestSupport
import Testing

/// Policies put together by chance from statements that are right, wrong in every way that people
/// are wrong, and not InfoSum's at all.
struct PolicyMaker {
  var random: SplitMix

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int(random.next() % UInt64(elements.count))]
  }

  mutating func oneIn(_ count: UInt64) -> Bool { random.next() % count == 0 }

  /// A document, and those of its statements that have nothing to do with InfoSum.
  mutating func document(_ kind: CheckedKind) -> (text: String, unrelated: [String]) {
    var statements: [String] = []
    var unrelated: [String] = []
    for index in 0..<(1 + Int(random.next() % 5)) {
      if oneIn(2) {
        let statement = pick(Self.unrelated[kind] ?? []).replacing("SID", with: "U\(index)")
        unrelated.append(statement)
        statements.append(statement)
      } else {
        statements.append(self.statement(kind))
      }
    }
    let version = pick([
      #""Version":"2012-10-17","#, #""Version":"2012-10-17","#, "", #""Version":"2020-01-01","#, #""Id":"x","#,
    ])
    return ("{\(version)\"Statement\":[\(statements.joined(separator: ","))]}", unrelated)
  }

  private mutating func statement(_ kind: CheckedKind) -> String {
    var members: [String] = []
    if oneIn(3) { members.append("\"Sid\":\"I\(random.next() % 100_000)\"") }
    members.append(
      pick([
        #""Effect":"Allow""#, #""Effect":"Allow""#, #""Effect":"Allow""#, #""Effect":"allow""#, #""Effect":"Deny""#,
      ]))
    switch kind {
    case .trust:
      // Whom a Deny of somebody that AWS does not take was to keep out is in doubt.
      let principals =
        members.last == #""Effect":"Deny""# ? Self.principals.filter { !$0.contains("/*") } : Self.principals
      members.append("\"Principal\":" + pick(principals))
      members.append(
        pick([
          #""Action":"sts:AssumeRole""#, #""Action":["sts:AssumeRole","sts:TagSession"]"#,
          #""Action":"sts:TagSession""#, #""Action":"AssumeRole""#, #""Actions":"sts:AssumeRole""#, #""Action":"*""#,
        ]))
      if oneIn(8) { members.append(#""Resource":"*""#) }
      if !oneIn(6) { members.append("\"Condition\":" + pick(Self.conditions)) }
    case .permission:
      members.append(pick(Self.actions))
      members.append(pick(Self.resources))
      if oneIn(5) { members.append("\"Condition\":" + pick(Self.storageConditions)) }
    case .bucket:
      members.append(
        pick([
          #""Principal":"*""#, #""Principal":{"AWS":"*"}"#, #""Principal":{"AWS":"111122223333"}"#,
          #""Principal":"111122223333""#,
        ]))
      members.append(pick(Self.actions))
      members.append(
        pick([
          #""Resource":["arn:aws:s3:::acme-data","arn:aws:s3:::acme-data/*"]"#,
          #""Resource":["acme-data","acme-data/*"]"#,
        ]))
      if oneIn(3) { members.append("\"Condition\":" + pick(Self.storageConditions)) }
    }
    return "{\(members.joined(separator: ","))}"
  }

  static let unrelated: [CheckedKind: [String]] = [
    .trust: [
      #"{"Sid":"SID","Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}"#,
      #"{"Sid":"SID","Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111122223333:root"]},"Action":["sts:AssumeRole"],"Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}"#,
      #"{"Action":["sts:TagSession"],"Principal":{"AWS":"arn:aws:iam::999988887777:role/x"},"Effect":"Allow","Sid":"SID"}"#,
      #"{"Sid":"SID","Effect":"Deny","Principal":{"AWS":"arn:aws:iam::999988887777:user/x"},"Action":"sts:*"}"#,
    ],
    .permission: [
      #"{"Sid":"SID","Effect":"Allow","Action":"logs:*","Resource":"*"}"#,
      #"{"Resource":["arn:aws:s3:::elsewhere/*"],"Action":["s3:GetObject"],"Effect":"Allow","Sid":"SID"}"#,
      #"{"Sid":"SID","Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::elsewhere","Condition":{"StringLike":{"s3:prefix":["a/*"]}}}"#,
      #"{"Sid":"SID","Effect":"Deny","Action":["s3:PutObject","s3:DeleteObject"],"Resource":"*"}"#,
      #"{"Sid":"SID","Effect":"Deny","NotAction":"s3:*","Resource":"*","Condition":{"NumericLessThan":{"aws:x":1}}}"#,
    ],
    .bucket: [
      #"{"Sid":"SID a","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::acme-data/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}"#,
      #"{"Sid":"SID","Effect":"Allow","Principal":{"Service":"logging.s3.amazonaws.com"},"Action":["s3:PutObject"],"Resource":"arn:aws:s3:::acme-data/*"}"#,
      #"{"Sid":"SID","Effect":"Deny","Principal":{"AWS":"999988887777"},"Action":"s3:*","Resource":"arn:aws:s3:::acme-data/*"}"#,
    ],
  ]
  static let session = CheckSample.session
  static let principals = [
    CheckSample.aws, CheckSample.aws, "{\"AWS\":[\"\(session)\"]}", "\"\(session)\"", "{\"aws\":\"\(session)\"}",
    #"{"AWS":"134928160093"}"#, #"{"AWS":"*"}"#, #""*""#, "{\"AWS\":\"\(session)x\"}",
    "{\"AWS\":\"\(session.replacing("acme-import", with: "Your Session Name"))\"}",
    "{\"AWS\":\"\(session.replacing("acme-import", with: "*"))\"}",
    "{\"AWS\":[\"\(session.replacing("acme", with: "ACME"))\",\"arn:aws:iam::111122223333:root\"]}",
    "{\"AWS\":\"\(session.replacing(":sts:", with: ":iam:"))\",\"Service\":\"s3.amazonaws.com\"}",
    #"{"AWS":"arn:aws:iam::134928160093:role/InfoSumImportConnector"}"#,
  ]
  static let conditions: [String] = [
    CheckSample.equals, CheckSample.equals, #"{"StringLike":{"sts:ExternalId":"*"}}"#,
    #"{"Null":{"sts:ExternalId":"true"}}"#,
    "{\"StringEqualsIfExists\":{\"sts:ExternalId\":\"\(CheckSample.id)\"}}", "{}",
    "{\"ForAnyValue:StringEquals\":{\"STS:externalid\":[\"\(CheckSample.id)\",\"\(CheckSample.other)\"]}}",
    "{\"StringNotEquals\":{\"sts:ExternalId\":\"\(CheckSample.id)\"}}", #"{"StringEquals":{"sts:ExternalId":[]}}"#,
    "{\"stringEquals\":{\"ExternalId\":\"\(CheckSample.id)\"}}",
    "{\"StringEquals\":{\"sts:ExternalId\":\"\(CheckSample.id)\",\"aws:PrincipalArn\":\"\(session)\"},\"Bool\":{\"aws:MultiFactorAuthPresent\":true}}",
    "[{\"StringEquals\":{\"sts:ExternalId\":\"\(CheckSample.retired)\"}}]",
  ]
  static let actions = [
    #""Action":["s3:ListBucket","s3:GetObject"]"#, #""Action":"s3:ListBucket""#, #""Action":"s3:GetObject""#,
    #""Action":"s3:*""#, #""Action":["s3:Get*","s3:List*"]"#, #""Action":"GetObject""#, #""Action":"*""#,
    #""Action":["s3:GetBucketLocation","S3:LISTBUCKET"]"#, #""NotAction":"s3:PutObject""#,
    #""Actions":["s3:GetObject"]"#,
  ]
  static let resources = [
    #""Resource":"arn:aws:s3:::acme-data""#, #""Resource":"arn:aws:s3:::acme-data/*""#, #""Resource":"*""#,
    #""Resource":["arn:aws:s3:::acme-data","arn:aws:s3:::acme-data/imports/*"]"#, #""Resource":"acme-data/exports/""#,
    #""Resource":"s3://acme-data/exports/*""#, #""Resource":"arn:aws:s3:::Acme_Data/*""#,
    #""Resource":["arn:aws:s3:::acme-data","arn:aws:s3:::acme-data/exports/*.csv"]"#,
    #""Resource":["arn:aws:s3:::acme-data/*.parquet","arn:aws:s3:::acme-data/exports/2026/*"]"#,
    #""Resource":["arn:aws:s3:::elsewhere","arn:aws:s3:::acme-data/exports"]"#, #""NotResource":"arn:aws:s3:::x/*""#,
  ]
  static let storageConditions: [String] = [
    #"{"StringLike":{"s3:prefix":"imports/*"}}"#, #"{"StringEquals":{"s3:prefix":["","x/"]}}"#,
    #"{"IpAddress":{"aws:SourceIp":"192.0.2.0/24"}}"#, #"{"StringNotEquals":{"aws:SourceVpce":"vpce-1"}}"#,
    #"{"Bool":{"aws:SecureTransport":"true"}}"#, #"{"Bool":{"aws:MultiFactorAuthPresent":"true"}}"#,
    #"{"ArnNotEquals":{"aws:PrincipalArn":["arn:aws:iam::111122223333:role/admin"]}}"#,
  ]
}

@Suite struct CorrectionPropertyTests {
  @Test(arguments: CheckedKind.allCases, 0..<Deep.count(8, deep: 24))
  func `a corrected policy works and keeps the statements of others`(_ kind: CheckedKind, _ seed: Int) throws {
    var maker = PolicyMaker(random: SplitMix(state: UInt64(seed) &* 7_919))
    var corrections = 0
    for round in 0..<60 {
      let isDraft = maker.oneIn(5)
      let subject = try CheckSample.subject(
        pending: maker.oneIn(4) ? CheckSample.pending : nil, prefix: maker.pick(["exports/", "exports/", "", "a*$/"]),
        filenames: maker.pick([[], [], ["*.csv"], ["*.csv", "a$?.json", "2026/*"]]),
        role: isDraft ? nil : CheckSample.role)
      let (text, unrelated) = maker.document(kind)
      let part = try kind.check(text, subject)
      // A draft's bucket policy meets a role that is not known.
      let allowed: [PolicyCheckResult.Verdict] = kind == .bucket && isDraft ? [.works, .undetermined] : [.works]
      let corrected = try kind.expectHolds(part, subject, "round \(round): \(text)", allowing: allowed)
      // For a draft's role no exception can be written.
      // Where nothing can be corrected without harm, a finding says what to do by hand.
      if part.verdict != .works, corrected == nil, kind == .trust || !isDraft {
        #expect(part.findings.contains { $0.hint != nil }, "round \(round): \(text)")
      }
      guard let corrected else { continue }
      corrections += 1
      let kept = (corrected["Statement"]?.arrayValue ?? []).map { $0.text() }.filter(unrelated.contains)
      #expect(kept == unrelated, "round \(round): \(text) became \(corrected.text())")
    }
    #expect(corrections > 10)
  }
}
