import AWSPolicy
import JSON
import TestSupport
import Testing

@Suite struct PolicyParserTests {
  static func trust(_ statement: String) -> String { "{\"Version\":\"2012-10-17\",\"Statement\":[{\(statement)}]}" }

  /// The errors that AWS rejects in a trust policy: the code, and the pointer.
  @Test(arguments: [
    ("[]", "policy.not-an-object", ""), ("{}", "policy.statement-missing", ""),
    (
      #"{"Version":"2026-11-23","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}"#,
      "policy.version-unknown", "/Version"
    ),
    (#"{"Statement":[]}"#, "policy.statement-missing", "/Statement"),
    (#"{"Statement":"x"}"#, "policy.wrong-type", "/Statement"),
    (#"{"Statement":["x"]}"#, "policy.wrong-type", "/Statement/0"),
    (#"{"statement":[]}"#, "policy.element-case", "/statement"),
    (#"{"Statement":[],"Extra":1}"#, "policy.element-unknown", "/Extra"),
    (#"{"Id":1,"Statement":[]}"#, "policy.wrong-type", "/Id"),
    (trust(#""Principal":{"AWS":"*"},"Action":"sts:AssumeRole""#), "policy.effect-missing", "/Statement/0"),
    (
      trust(#""Effect":"allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole""#), "policy.effect",
      "/Statement/0/Effect"
    ),
    (
      trust(#""Effect":"Allow","principal":{"AWS":"*"},"Action":"sts:AssumeRole""#), "policy.element-case",
      "/Statement/0/principal"
    ),
    (trust(#""Effect":"Allow","Action":"sts:AssumeRole""#), "policy.principal-missing", "/Statement/0"),
    (trust(#""Effect":"Allow","Principal":{"AWS":"*"}"#), "policy.action-missing", "/Statement/0"),
    (
      trust(#""Effect":"Allow","Principal":"*","Action":"sts:AssumeRole""#), "policy.principal-everyone",
      "/Statement/0/Principal"
    ),
    (
      trust(#""Effect":"Allow","Principal":"arn:aws:iam::111122223333:root","Action":"sts:AssumeRole""#),
      "policy.wrong-type", "/Statement/0/Principal"
    ),
    (
      trust(#""Effect":"Allow","Principal":{"aws":"*"},"Action":"sts:AssumeRole""#), "policy.principal-kind",
      "/Statement/0/Principal/aws"
    ),
    (
      trust(#""Effect":"Allow","Principal":{"AWS":[]},"Action":"sts:AssumeRole""#), "policy.principal-empty",
      "/Statement/0/Principal/AWS"
    ),
    (
      trust(#""Effect":"Allow","Principal":{},"Action":"sts:AssumeRole""#), "policy.principal-empty",
      "/Statement/0/Principal"
    ),
    (
      trust(
        #""Effect":"Allow","Principal":{"AWS":["*","arn:aws:iam::111122223333:role/x*"]},"Action":"sts:AssumeRole""#),
      "policy.principal-wildcard", "/Statement/0/Principal/AWS/1"
    ),
    (
      trust(#""Effect":"Allow","Principal":{"AWS":"bob"},"Action":"sts:AssumeRole""#), "policy.principal-malformed",
      "/Statement/0/Principal/AWS"
    ),
    (
      trust(#""Effect":"Allow","Principal":{"AWS":"arn:aws:s3:::bucket"},"Action":"sts:AssumeRole""#),
      "policy.principal-malformed", "/Statement/0/Principal/AWS"
    ),
    (
      trust(#""Effect":"Allow","Principal":{"AWS":"arn:aws:iam::1234:root"},"Action":"sts:AssumeRole""#),
      "policy.principal-malformed", "/Statement/0/Principal/AWS"
    ),
    (
      trust(#""Effect":"Allow","Principal":{"AWS":7},"Action":"sts:AssumeRole""#), "policy.wrong-type",
      "/Statement/0/Principal/AWS"
    ),
    (
      trust(#""Effect":"Allow","Principal":{"AWS":"*"},"Action":"s3:GetObject""#), "policy.action-not-sts",
      "/Statement/0/Action"
    ),
    (
      trust(#""Effect":"Allow","Principal":{"AWS":"*"},"Action":["sts:AssumeRole","*"]"#), "policy.action-not-sts",
      "/Statement/0/Action/1"
    ),
    (trust(#""Effect":"Allow","Principal":{"AWS":"*"},"Action":[]"#), "policy.empty", "/Statement/0/Action"),
    (
      trust(#""Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole","NotAction":"sts:X""#),
      "policy.both-elements", "/Statement/0/NotAction"
    ),
    (
      trust(#""Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole","Resource":"*""#),
      "policy.prohibited-element", "/Statement/0/Resource"
    ),
    (
      trust(#""Effect":"Deny","NotPrincipal":{"AWS":"*"},"Action":"sts:AssumeRole""#), "policy.prohibited-element",
      "/Statement/0/NotPrincipal"
    ),
    (
      trust(#""Sid":"a b","Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole""#), "policy.sid",
      "/Statement/0/Sid"
    ),
    (
      trust(#""Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole","Condition":[]"#), "policy.wrong-type",
      "/Statement/0/Condition"
    ),
    (
      trust(
        #""Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole","Condition":{"StringEqual":{"sts:ExternalId":"x"}}"#
      ), "policy.condition-operator", "/Statement/0/Condition/StringEqual"
    ),
    (
      trust(
        #""Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole","Condition":{"NullIfExists":{"sts:ExternalId":"true"}}"#
      ), "policy.condition-operator", "/Statement/0/Condition/NullIfExists"
    ),
    (
      trust(
        #""Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"ExternalId":"x"}}"#
      ), "policy.condition-key", "/Statement/0/Condition/StringEquals/ExternalId"
    ),
    (
      trust(
        #""Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":null}}"#
      ), "policy.wrong-type", "/Statement/0/Condition/StringEquals/sts:ExternalId"
    ),
    (
      trust(#""Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole","Condition":{"StringEquals":"x"}"#),
      "policy.wrong-type", "/Statement/0/Condition/StringEquals"
    ),
    (
      trust(
        #""Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"日"}}"#
      ), "policy.character", "/Statement/0/Condition/StringEquals/sts:ExternalId"
    ),
    (
      #"{"Statement":[{"Sid":"A","Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"},{"Sid":"A","Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}"#,
      "policy.sid-twice", "/Statement/1"
    ),
  ])
  func `a trust policy that AWS rejects has its finding`(_ text: String, _ code: String, _ pointer: String) throws {
    let findings = PolicyParser.parse(try JSONValue(parsing: text), as: .trust).findings.filter(\.isRejectedByAWS)
    let finding = try #require(findings.first { $0.codeText == code }, "\(findings.map(\.codeText))")
    #expect(finding.position?.pointer.description == pointer)
    #expect(finding.position?.location != nil)
  }

  @Test(arguments: [
    (
      #"{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Principal":"*"}}"#, PolicyKind.identity,
      "policy.prohibited-element"
    ),
    (#"{"Statement":{"Effect":"Allow","Action":"s3:*"}}"#, .identity, "policy.resource-missing"),
    (#"{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"acme"}}"#, .identity, "policy.resource-not-arn"),
    (#"{"Statement":{"Effect":"Allow","Action":"ListBucket","Resource":"*"}}"#, .identity, "policy.action-vendor"),
    (#"{"Statement":{"Effect":"Allow","Action":"s3:a:b","Resource":"*"}}"#, .identity, "policy.action-colons"),
    (#"{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":[]}}"#, .identity, "policy.empty"),
    (#"{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"#, .bucket, "policy.principal-missing"),
  ])
  func `another policy that AWS rejects has its finding`(_ text: String, _ kind: PolicyKind, _ code: String) throws {
    let findings = PolicyParser.parse(try JSONValue(parsing: text), as: kind).findings.filter(\.isRejectedByAWS)
    #expect(findings.map(\.codeText) == [code])
  }

  static func identity(_ statement: String) -> String { "{\"Version\":\"2012-10-17\",\"Statement\":[{\(statement)}]}" }

  /// The quote of AWS in the message, where AWS's words are known.
  @Test(
    arguments: [
      (
        .trust, trust(#""Effect":"Allow","Principal":{"AWS":"*"},"Action":"s3:GetObject""#),
        "AssumeRole policy may only specify STS AssumeRole actions."
      ),
      (
        .trust, trust(#""Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole","Resource":"*""#),
        "Has prohibited field Resource."
      ),
      (
        .trust, trust(#""Effect":"Allow","Principal":{"Service":"*.amazonaws.com"},"Action":"sts:AssumeRole""#),
        #"Invalid principal in policy: "SERVICE":"*.amazonaws.com"."#
      ),
      (
        .trust,
        trust(
          #""Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole","Condition":{"DateLessThan":{"aws:CurrentTime":"tomorrow"}}"#
        ), "The policy failed legacy parsing."
      ),
      (.trust, trust(#""Effect":"Allow","Principal":{"AWS":"bob"},"Action":"sts:AssumeRole""#), nil),
      (.trust, trust(#""Effect":"Allow","Principal":"*","Action":"sts:AssumeRole""#), nil),
      (.trust, trust(#""Effect":"allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole""#), nil),
      (.trust, "{}", nil),
      (.trust, trust(#""Effect":"Deny","NotPrincipal":{"AWS":"*"},"Action":"sts:AssumeRole""#), nil),
      (
        .identity, identity(#""Effect":"Allow","Action":"s3:*","Resource":"arn:aws:*:::acme""#),
        "Resource vendor must be fully qualified and cannot contain regexes."
      ),
      (
        .identity, identity(#""Effect":"Allow","Action":"s3:*","Resource":"arn:amazon:s3:::acme""#),
        #"Partition "amazon" is not valid for resource "arn:amazon:s3:::acme"."#
      ),
      (.identity, identity(#""Effect":"Allow","Action":"s3:*","Resource":"acme""#), nil),
      (.identity, identity(#""Effect":"Allow","Action":"s3:*","Resource":"*","Principal":"*""#), nil),
      (.identity, identity(#""Effect":"Allow","Action":"s3 :GetObject","Resource":"*""#), nil),
      (
        .bucket, identity(#""Effect":"Allow","Principal":"*","Action":"s3:HeadObject","Resource":"arn:aws:s3:::a/*""#),
        "Policy has invalid action."
      ),
      (.bucket, identity(#""Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"acme""#), nil),
      (.bucket, identity(#""Effect":"Allow","Principal":"*","Action":"s3:*""#), nil),
    ] as [(PolicyKind, String, String?)])
  func `AWS is quoted only where its words are known`(_ kind: PolicyKind, _ text: String, _ quote: String?) throws {
    let findings = PolicyParser.parse(try JSONValue(parsing: text), as: kind).findings.filter(\.isRejectedByAWS)
    #expect(findings.count == 1)
    let message = findings.first?.message ?? ""
    if let quote {
      #expect(message.hasSuffix(" AWS rejects the policy with: " + quote))
    } else {
      #expect(!message.contains("AWS rejects the policy with"))
    }
  }

  /// IAM stores an action that does not exist, and it grants nothing.
  @Test(
    arguments: [
      ("s3:HeadBucket", "s3:ListBucket"), ("s3:HeadObject", "s3:GetObject"), ("S3:listobjectsv2", "s3:ListBucket"),
      ("s3:ListObjects", "s3:ListBucket"), ("kms:Decode", nil), ("s3:GetObjekt", nil),
    ] as [(String, String?)])
  func `an action that does not exist is a warning that names the right one`(_ action: String, _ right: String?) throws
  {
    let text = Self.identity("\"Effect\":\"Allow\",\"Action\":\"\(action)\",\"Resource\":\"*\"")
    let finding = try #require(PolicyParser.parse(try JSONValue(parsing: text), as: .identity).findings.first)
    #expect(finding.code == .actionUnknown && finding.severity == .warning)
    #expect(finding.hint.map { hint in right.map(hint.contains) ?? false } ?? (right == nil))
  }

  @Test func `a long value is shortened in messages`() throws {
    let text = Self.identity(
      "\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"\(String(repeating: "x", count: 5_000))\"")
    let findings = PolicyParser.parse(try JSONValue(parsing: text), as: .identity).findings
    #expect(findings.allSatisfy { $0.message.utf8.count < 400 })
    #expect(findings.contains { $0.message.contains("is not an ARN") })
  }

  /// A managed policy without the present version is refused, and an inline one is not: it is
  /// warned of.
  @Test(
    arguments: [
      (PolicyKind.identity, #""Version":"2008-10-17","#, "policy.version-old", true),
      (.identity, "", "policy.version-missing", true), (.trust, "", "policy.version-missing", false),
      (.bucket, "", "policy.version-missing", false), (.trust, #""Version":"2008-10-17","#, nil, false),
      (.identity, #""Version":"2012-10-17","#, nil, false),
    ] as [(PolicyKind, String, String?, Bool)])
  func `a policy of an earlier version is read`(
    _ kind: PolicyKind, _ version: String, _ code: String?, _ isManaged: Bool
  ) throws {
    let principal = kind == .identity ? "" : #""Principal":{"AWS":"*"},"#
    let resource = kind == .trust ? "" : #","Resource":"*""#
    let text = "{\(version)\"Statement\":{\"Effect\":\"Allow\",\(principal)\"Action\":\"sts:AssumeRole\"\(resource)}}"
    let findings = PolicyParser.parse(try JSONValue(parsing: text), as: kind).findings
    #expect(findings.map(\.codeText) == [code].compactMap { $0 })
    #expect(findings.allSatisfy { $0.severity == .warning && !$0.isRejectedByAWS })
    #expect(findings.contains { $0.message.contains("does not accept it for a managed policy") } == isManaged)
  }

  @Test(arguments: [
    trust(
      #""Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sts:AssumeRole","Condition":{}"#
    ),
    trust(
      #""Sid":"","Effect":"Deny","Principal":{"AWS":["111122223333","AROAJQABLZS4A3QDU576Q"],"Service":"ec2.amazonaws.com"},"Action":["sts:AssumeRole","sts:TagSession"]"#
    ),
    #"{"Version":"2008-10-17","Id":"x","Statement":{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:saml-provider/x"},"Action":"sts:AssumeRoleWithSAML","Condition":{"Bool":{"aws:SecureTransport":true},"NumericLessThan":{"sts:DurationSeconds":900}}}}"#,
  ])
  func `a valid trust policy has no findings`(_ text: String) throws {
    #expect(PolicyParser.parse(try JSONValue(parsing: text), as: .trust).findings.isEmpty)
  }

  @Test(arguments: [
    (PolicyKind.trust, 2_048, false), (.trust, 8_192, true), (.identity, 6_144, false), (.identity, 10_240, true),
    (.bucket, 20_480, true), (.key, 32_768, true),
  ])
  func `a policy over AWS's size limit is rejected`(_ kind: PolicyKind, _ limit: Int, _ isRejected: Bool) throws {
    func document(_ size: Int) -> JSONValue {
      let principal: JSONValue? = kind == .identity ? nil : ["AWS": "*"]
      var statement = JSONObject([("Effect", "Allow"), ("Action", "sts:AssumeRole")])
      statement["Principal"] = principal
      if kind != .trust { statement["Resource"] = "*" }
      statement["Condition"] = ["StringEquals": ["sts:ExternalId": ""]]
      let empty: JSONValue = ["Version": "2012-10-17", "Statement": [JSONValue(.object(statement))]]
      statement["Condition"] = [
        "StringEquals": [
          "sts:ExternalId": .string(String(repeating: "x", count: size - PolicySizeLimit.size(of: empty)))
        ]
      ]
      return ["Version": "2012-10-17", "Statement": [JSONValue(.object(statement))]]
    }
    func findings(_ size: Int) -> [GrammarFinding] {
      PolicyParser.parse(document(size), as: kind).findings.filter {
        $0.codeText == "policy.too-long" && $0.isRejectedByAWS == isRejected
      }
    }
    #expect(findings(limit).isEmpty)
    #expect(findings(limit + 1).count == 1)
  }

  @Test(arguments: 0..<10)
  func `a mutated document never crashes the parser`(_ seed: Int) throws {
    var random = SplitMix(state: UInt64(seed))
    let text = Self.trust(
      #""Sid":"A","Effect":"Allow","Principal":{"AWS":["*","134928160093"]},"Action":["sts:AssumeRole"],"Condition":{"StringLike":{"sts:ExternalId":["${aws:x,'y'}*","?"]},"Null":{"a:b":true}}"#
    )
    let pieces = [
      "{", "}", "[", "]", "\"", ",", ":", "null", "1", "\"AWS\"", "\"*\"", "${", "Not", "IfExists", "ForAnyValue:",
      "::::::",
    ].map { Array($0.utf8) }
    for _ in 0..<200 {
      var bytes = Array(text.utf8)
      for _ in 0..<2 {
        let position = Int(random.next() % UInt64(bytes.count))
        let piece = pieces[Int(random.next() % UInt64(pieces.count))]
        bytes.replaceSubrange(position..<min(bytes.count, position + Int(random.next() % 3)), with: piece)
      }
      guard let json = try? JSONValue(parsing: bytes) else { continue }
      for kind in PolicyKind.allCases {
        let (policy, _) = PolicyParser.parse(json, as: kind)
        _ = PolicyEvaluator.evaluate(
          policy, PolicyRequest(principal: Evaluate.principal, action: "sts:AssumeRole", context: RequestContext()))
      }
    }
  }
}

extension GrammarFinding {
  /// The code as the checker shows it.
  fileprivate var codeText: String { "policy." + code.rawValue }
}
