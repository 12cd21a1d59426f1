import AWSPolicy
import JSON
import PolicyCheck
import Registry
import Testing

/// The three kinds of policy, each checked alone.
enum CheckedKind: String, Sendable, CaseIterable {
  case trust, permission, bucket

  func check(_ text: String, _ subject: PolicyCheckSubject) throws -> PolicyCheckResult.Part {
    let input = PolicyInput.text(text)
    switch self {
    case .trust: return try #require(PolicyChecker.check(trust: input, against: subject).trustPolicy)
    case .permission: return try #require(PolicyChecker.check(permission: input, against: subject).permissionPolicy)
    case .bucket: return try #require(PolicyChecker.check(bucket: input, against: subject).bucketPolicy)
    }
  }

  /// The invariants of every answer: a policy that works is left alone; a corrected one works, has
  /// no errors, and is not corrected again.
  @discardableResult
  func expectHolds(
    _ part: PolicyCheckResult.Part, _ subject: PolicyCheckSubject, _ note: String = "",
    allowing: [PolicyCheckResult.Verdict] = [.works]
  ) throws -> JSONValue? {
    if part.verdict == .works, part.findings.allSatisfy({ !$0.code.text.hasPrefix("text.") }) {
      #expect(part.corrected == nil, "\(note)")
    }
    guard let corrected = part.corrected else { return nil }
    #expect(corrected.objectValue != nil, "\(note)")
    let again = try check(corrected.text(.pretty), subject)
    let answer = "\(note) became \(corrected.text()): \(again.findings.map(\.code.text))"
    #expect(allowing.contains(again.verdict), "\(answer)")
    #expect(!again.findings.contains { $0.severity == .error }, "\(answer)")
    #expect(again.corrected == nil, "\(answer)")
    return corrected
  }
}

@Suite struct CorrectionTests {
  static let key = "arn:aws:kms:eu-west-1:111122223333:key/1"
  static let list = #"{"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::acme-data"}"#
  /// Listing as the ICC needs it: under its prefix.
  static let listPrefix = list.replacing("}", with: #","Condition":{"StringLike":{"s3:prefix":"exports/*"}}}"#)
  static let get = #"{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::acme-data/exports/*"}"#
  static let both =
    #"{"Effect":"Allow","Action":["s3:ListBucket","s3:GetObject"],"Resource":["arn:aws:s3:::acme-data","arn:aws:s3:::acme-data/exports/*"]}"#
  static let logs =
    #"{"Sid":"Logs","Effect":"Allow","Action":["logs:PutLogEvents","logs:CreateLogStream"],"Resource":"arn:aws:logs:*:111122223333:*"}"#
  static let other = #"{"Sid":"Other","Effect":"Allow","Action":["s3:*"],"Resource":["arn:aws:s3:::quite-another/*"]}"#

  static let own = #"["arn:aws:s3:::acme-data","arn:aws:s3:::acme-data/exports/*"]"#
  static let exception = #""Condition":{"ArnNotEquals":{"aws:PrincipalArn":"\#(CheckSample.role)"}}"#

  static func document(_ statements: [String]) -> String {
    "{\"Version\":\"2012-10-17\",\"Statement\":[\(statements.joined(separator: ","))]}"
  }

  /// A role's policy before and after its correction: the wrong word is changed and nothing else.
  /// The prefix is `exports/`.
  @Test(
    arguments: [
      // Levels mixed up.
      ([list.replacing("acme-data", with: "acme-data/*"), get], [listPrefix, get]),
      ([list, get.replacing("/exports/*", with: "")], [list, get]),
      ([list, get.replacing("exports/*", with: "exports")], [list, get]),
      (
        [
          both.replacing(
            #"["arn:aws:s3:::acme-data","arn:aws:s3:::acme-data/exports/*"]"#, with: #""arn:aws:s3:::acme-data""#)
        ], [both]
      ),
      // The bucket in a statement for both actions would list other prefixes too.
      (
        [both.replacing(#""arn:aws:s3:::acme-data","#, with: "")],
        [both.replacing(#""arn:aws:s3:::acme-data","#, with: ""), listPrefix]
      ),
      // Another prefix stays: it may be in use.
      (
        [list, get.replacing("exports", with: "imports")],
        [
          list,
          get.replacing(
            #""arn:aws:s3:::acme-data/exports/*""#,
            with: #"["arn:aws:s3:::acme-data/imports/*","arn:aws:s3:::acme-data/exports/*"]"#),
        ]
      ),
      (
        [list.replacing("}", with: #","Condition":{"StringLike":{"s3:prefix":"imports/*"}}}"#), get],
        [
          list.replacing("}", with: #","Condition":{"StringLike":{"s3:prefix":"imports/*"}}}"#), get,
          list.replacing("}", with: #","Condition":{"StringLike":{"s3:prefix":"exports/*"}}}"#),
        ]
      ),
      // A mistake in the prefix is corrected.
      (
        [
          list.replacing(
            "}",
            with: #","Condition":{"StringEquals":{"s3:prefix":["/exports/"]},"Bool":{"aws:SecureTransport":true}}}"#),
          get,
        ],
        [
          list.replacing(
            "}", with: #","Condition":{"Bool":{"aws:SecureTransport":true},"StringLike":{"s3:prefix":"exports/*"}}}"#),
          get,
        ]
      ),
      // Names of buckets.
      ([list.replacing("acme-data", with: "acme_data"), get], [listPrefix, get]),
      ([logs, list, get.replacing("acme-data", with: "ACME-DATA")], [logs, list, get]),
      // A bucket that is another one altogether stays, and so do the rest.
      (
        [other],
        [
          other,
          #"{"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::acme-data","Condition":{"StringLike":{"s3:prefix":"exports/*"}}}"#,
          get,
        ]
      ),
      ([logs, list, other], [logs, list, other, get]),
      // So does one whose name is like the ICC's bucket: it may be in use.
      (
        [list.replacing("acme-data", with: "acme"), get.replacing("acme-data", with: "acme")],
        [
          list.replacing("acme-data", with: "acme"), get.replacing("acme-data", with: "acme"),
          list.replacing("}", with: #","Condition":{"StringLike":{"s3:prefix":"exports/*"}}}"#), get,
        ]
      ),
      // Actions.
      (
        [both.replacing(#""s3:GetObject""#, with: #""s3:GetBucketLocation""#)],
        [both.replacing(#""s3:GetObject""#, with: #""s3:GetBucketLocation","s3:GetObject""#)]
      ),
      (
        [list.replacing(#""s3:ListBucket""#, with: #"["s3:GetBucketLocation"]"#), get],
        [list.replacing(#""s3:ListBucket""#, with: #"["s3:GetBucketLocation"]"#), get, listPrefix]
      ),
      // An action is not added to a statement that has other objects too.
      (
        [
          list,
          #"{"Effect":"Allow","Action":"s3:PutObject","Resource":["arn:aws:s3:::acme-data/exports/*","arn:aws:s3:::logs/*"]}"#,
        ],
        [
          list,
          #"{"Effect":"Allow","Action":"s3:PutObject","Resource":["arn:aws:s3:::acme-data/exports/*","arn:aws:s3:::logs/*"]}"#,
          get,
        ]
      ),
      (
        [#"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::acme-data"}"#],
        [#"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::acme-data"}"#, get]
      ),
      // What AWS does not store.
      ([list.replacing("Allow", with: "allow"), get.replacing("Resource", with: "Resources")], [list, get]),
      ([list.replacing("arn:aws:s3:::", with: ""), get.replacing("arn:aws:s3:::", with: "s3://")], [list, get]),
      ([list.replacing("s3:L", with: "L"), get.replacing("}", with: #","Principal":"*"}"#)], [list, get]),
      // Denials: the same is denied, except what the import needs, to the customer's role.
      (
        [both, #"{"Effect":"Deny","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::acme-data/*"}"#],
        [
          both, #"{"Effect":"Deny","Action":["s3:PutObject"],"Resource":"arn:aws:s3:::acme-data/*"}"#,
          #"{"Effect":"Deny","Action":["s3:GetObject"],"Resource":"arn:aws:s3:::acme-data/*",\#(exception)}"#,
        ]
      ),
      (
        [both, #"{"Sid":"D","Effect":"Deny","Action":"s3:GetObject","Resource":"arn:aws:s3:::acme-data/*"}"#],
        [
          both,
          #"{"Sid":"D","Effect":"Deny","Action":"s3:GetObject","Resource":"arn:aws:s3:::acme-data/*",\#(exception)}"#,
        ]
      ),
      (
        [both, #"{"Sid":"D","Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::acme-data/*"}"#, logs],
        [
          both, #"{"Sid":"D","Effect":"Deny","NotAction":"s3:GetObject","Resource":"arn:aws:s3:::acme-data/*"}"#,
          #"{"Effect":"Deny","Action":"s3:GetObject","Resource":"arn:aws:s3:::acme-data/*",\#(exception)}"#, logs,
        ]
      ),
      (
        [both, #"{"Effect":"Deny","Action":"s3:Get*","Resource":"arn:aws:s3:::acme-data/*"}"#],
        [both, #"{"Effect":"Deny","Action":"s3:Get*","Resource":"arn:aws:s3:::acme-data/*",\#(exception)}"#]
      ),
      (
        [#"{"Effect":"Deny","Action":"*","Resource":"*"}"#, both],
        [
          #"{"Effect":"Deny","Action":"*","NotResource":\#(own)}"#,
          #"{"Effect":"Deny","NotAction":["s3:ListBucket","s3:GetObject"],"Resource":\#(own)}"#,
          #"{"Effect":"Deny","Action":["s3:ListBucket","s3:GetObject"],"Resource":\#(own),\#(exception)}"#, both,
        ]
      ),
      (
        [#"{"Effect":"Deny","NotAction":"iam:*","NotResource":["arn:aws:s3:::x"]}"#, both],
        [
          #"{"Effect":"Deny","NotAction":"iam:*","NotResource":["arn:aws:s3:::x","arn:aws:s3:::acme-data","arn:aws:s3:::acme-data/exports/*"]}"#,
          #"{"Effect":"Deny","NotAction":["iam:*","s3:ListBucket","s3:GetObject"],"Resource":\#(own)}"#,
          #"{"Effect":"Deny","Action":["s3:ListBucket","s3:GetObject"],"Resource":\#(own),\#(exception)}"#, both,
        ]
      ),
      (
        [
          #"{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1"}}}"#,
          both,
        ],
        [
          #"{"Effect":"Deny","Action":"s3:*","NotResource":\#(own),"Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1"}}}"#,
          #"{"Effect":"Deny","NotAction":["s3:ListBucket","s3:GetObject"],"Resource":\#(own),"Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1"}}}"#,
          #"{"Effect":"Deny","Action":["s3:ListBucket","s3:GetObject"],"Resource":\#(own),"Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1"},"ArnNotEquals":{"aws:PrincipalArn":"\#(CheckSample.role)"}}}"#,
          both,
        ]
      ),
    ] as [([String], [String])])
  func `only the wrong part of a role's policy is edited`(_ given: [String], _ expected: [String]) throws {
    let subject = try CheckSample.subject()
    let part = try CheckedKind.permission.check(Self.document(given), subject)
    #expect(part.verdict != .works)
    let corrected = try #require(try CheckedKind.permission.expectHolds(part, subject), "\(part.findings)")
    #expect(corrected.text() == Self.document(expected))
  }

  @Test(arguments: [
    (#""arn:aws:kms:eu-west-1:111122223333:alias/a""#, #""\#(key)""#),
    (#""arn:aws:kms:eu-west-1:111122223333:key/2""#, #"["arn:aws:kms:eu-west-1:111122223333:key/2","\#(key)"]"#),
  ])
  func `the key is added to others and replaces an alias`(_ given: String, _ expected: String) throws {
    let subject = try CheckSample.subject(key: Self.key)
    func text(_ resource: String) -> String {
      Self.document([Self.both, "{\"Effect\":\"Allow\",\"Action\":[\"kms:Decrypt\"],\"Resource\":\(resource)}"])
    }
    let part = try CheckedKind.permission.check(text(given), subject)
    #expect(try CheckedKind.permission.expectHolds(part, subject)?.text() == text(expected))
  }

  static let aws = CheckSample.aws
  static let safe = #""Condition":{"StringEquals":{"sts:ExternalId":"\#(CheckSample.id)"}}"#
  static let ec2 =
    #"{"Sid":"Ours","Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}"#
  static let good = #"{"Sid":"InfoSum","Effect":"Allow","Principal":\#(aws),"Action":"sts:AssumeRole",\#(safe)}"#

  /// Trust policies: the session, the condition or the faulty word is changed and nothing else.
  @Test(
    arguments: [
      ([ec2, good.replacing("acme-import", with: "Your Session Name")], [ec2, good]),
      ([good.replacing(CheckSample.session, with: "134928160093"), ec2], [good, ec2]),
      ([good.replacing("\"StringEquals\"", with: "\"StringLike\"").replacing(CheckSample.id, with: "*")], [good]),
      ([good.replacing("StringEquals", with: "stringequal")], [good]),
      ([good.replacing("sts:ExternalId", with: "ExternalId")], [good]),
      ([good.replacing("Condition", with: "Conditions")], [good]),
      ([good.replacing(aws, with: "\"\(CheckSample.session)\"")], [good]),
      ([good.replacing("\"AWS\"", with: "\"aws\"")], [good]),
      (
        [good.replacing("\"Effect\":\"Allow\",", with: "").replacing("}}}", with: "}},\"Effect\":\"allow\"}")],
        [good.replacing("\"Effect\":\"Allow\",", with: "").replacing("}}}", with: "}},\"Effect\":\"Allow\"}")]
      ),
      ([good.replacing("sts:AssumeRole", with: "AssumeRole")], [good]),
      ([good.replacing("}}}", with: "}},\"Resource\":\"*\"}")], [good]),
      ([good.replacing("\"InfoSum\"", with: "\"Info Sum\"")], [good]),
      // Others in the same statement keep their way in where nothing but the name was wrong.
      (
        [
          good.replacing(
            aws,
            with:
              #"{"AWS":["arn:aws:iam::111122223333:root","\#(CheckSample.session.replacing("acme", with: "Acme"))"]}"#)
        ],
        [good.replacing(aws, with: #"{"AWS":["arn:aws:iam::111122223333:root","\#(CheckSample.session)"]}"#)]
      ),
      // Where it was more, they get a statement of their own, as it was.
      (
        [
          #"{"Sid":"A","Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111122223333:root","134928160093"]},"Action":"sts:AssumeRole"}"#
        ],
        [
          #"{"Sid":"A","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sts:AssumeRole"}"#,
          good.replacing("\"Sid\":\"InfoSum\",", with: ""),
        ]
      ),
      // Conditions that cannot hold go, others stay as they are written.
      (
        [
          good.replacing("}}}", with: #"},"Bool":{"aws:MultiFactorAuthPresent":"true","aws:SecureTransport":[true]}}}"#)
        ],
        [good.replacing("}}}", with: #"},"Bool":{"aws:SecureTransport":[true]}}}"#)]
      ),
      // A statement that lets too much in beside a good one goes.
      ([good, good.replacing(CheckSample.session, with: "*").replacing("InfoSum", with: "B"), ec2], [good, ec2]),
    ] as [([String], [String])])
  func `only the wrong part of a trust policy is edited`(_ given: [String], _ expected: [String]) throws {
    let subject = try CheckSample.subject()
    let part = try CheckedKind.trust.check(Self.document(given), subject)
    #expect(part.verdict != .works)
    let corrected = try #require(try CheckedKind.trust.expectHolds(part, subject), "\(part.findings)")
    #expect(corrected.text() == Self.document(expected))
  }

  /// A resource that covers a part of the objects may be the customer's restriction: it is not
  /// widened.
  @Test func `a restriction to some files is not widened`() throws {
    let text = Self.document([Self.list, Self.get.replacing("exports/*", with: "exports/*.csv")])
    let part = try CheckedKind.permission.check(text, CheckSample.subject())
    #expect(part.verdict == .undetermined)
    #expect(part.corrected == nil)
    #expect(part.findings.contains { $0.code.text == "permission.objects-partly" && $0.hint != nil })
  }

  static let wall =
    #"{"Sid":"Only us","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::acme-data","arn:aws:s3:::acme-data/*"]}"#
  static let cdn =
    #"{"Sid":"2","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::acme-data/*"}"#

  static func forRole(_ action: String, _ resource: String, _ condition: String = "") -> String {
    #"{"Effect":"Allow","Principal":{"AWS":"\#(CheckSample.role)"},"Action":\#(action),"Resource":\#(resource)\#(condition)}"#
  }

  @Test(
    arguments: [
      (
        [cdn, wall],
        [
          cdn,
          wall.replacing("]}", with: #"],"Condition":{"ArnNotEquals":{"aws:PrincipalArn":"\#(CheckSample.role)"}}}"#),
        ]
      ),
      ([wall.replacing("Deny", with: "allow"), cdn], [wall.replacing("Deny", with: "Allow"), cdn]),
      ([cdn.replacing("arn:aws:s3:::", with: "")], [cdn]),
      // Actions on the wrong level: no more than the ICC needs.
      ([forRole(#""s3:GetObject""#, #""arn:aws:s3:::acme-data""#)], [forRole(#""s3:GetObject""#, own)]),
      (
        [forRole(#"["s3:GetObject","s3:ListBucket"]"#, #""arn:aws:s3:::acme-data/*""#)],
        [
          forRole(#""s3:GetObject""#, #""arn:aws:s3:::acme-data/*""#),
          forRole(
            #""s3:ListBucket""#, #""arn:aws:s3:::acme-data""#, #","Condition":{"StringLike":{"s3:prefix":"exports/*"}}"#
          ),
        ]
      ),
      ([cdn.replacing("\"Action\"", with: "\"Actions\"")], [cdn]),
    ] as [([String], [String])])
  func `only the wrong part of a bucket policy is edited`(_ given: [String], _ expected: [String]) throws {
    let subject = try CheckSample.subject()
    let part = try CheckedKind.bucket.check(Self.document(given), subject)
    #expect(part.verdict != .works)
    let corrected = try #require(try CheckedKind.bucket.expectHolds(part, subject), "\(part.findings)")
    #expect(corrected.text() == Self.document(expected))
  }

  /// Statements that are not InfoSum's and cannot be put right are not thrown away: there is no
  /// correction then.
  @Test(arguments: [
    #"{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole","Condition":{"StringFoo":{"aws:x":"y"}}}"#,
    #"{"Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}"#,
    #"{"Effect":"Deny","NotPrincipal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}"#,
  ])
  func `an undetermined statement is kept`(_ statement: String) throws {
    let part = try CheckSample.check(Self.document([Self.good, statement]))
    #expect(part.verdict == .blocked)
    #expect(part.corrected == nil)
  }

  @Test func `a policy that cannot be repaired has no correction`() throws {
    let part = try CheckedKind.bucket.check(#"{"Statement":[]}"#, CheckSample.subject())
    #expect(part.verdict == .blocked)
    #expect(part.corrected == nil)
  }

  @Test func `a lone statement gets its document`() throws {
    let subject = try CheckSample.subject()
    for text in [Self.good, "[\(Self.good)]", "{\"Statement\":[\(Self.good)],\"Version\":\"2026-11-23\"}"] {
      let part = try CheckSample.check(text)
      #expect(part.verdict == .blocked)
      let corrected = try #require(try CheckedKind.trust.expectHolds(part, subject))
      #expect(corrected["Version"] == "2012-10-17")
      #expect(corrected["Statement"]?[0]?.text() == Self.good)
    }
  }
}
