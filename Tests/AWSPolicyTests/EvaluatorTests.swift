import AWSPolicy
import JSON
import TestSupport
import Testing

@Suite struct EvaluatorTests {
  /// The callers that a principal names.
  @Test(arguments: [
    (#"{"AWS":"arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/acme-import"}"#, "a"),
    (#"{"AWS":["x","arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/acme-import"]}"#, "a"),
    (#"{"AWS":"arn:aws:iam::134928160093:role/InfoSumImportConnector"}"#, "a"),
    (#"{"AWS":"arn:aws:iam::134928160093:root"}"#, "a"), (#"{"AWS":"134928160093"}"#, "a"), (#"{"AWS":"*"}"#, "a"),
    (#""*""#, "a"),
    (#"{"AWS":"arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/*"}"#, "d"),
    (#"{"AWS":"arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/acme-impor?"}"#, "d"),
    (#"{"AWS":"arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/Acme-Import"}"#, "d"),
    (#"{"AWS":"arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/other"}"#, "d"),
    (#"{"AWS":"arn:aws:iam::134928160093:assumed-role/InfoSumImportConnector/acme-import"}"#, "d"),
    (#"{"AWS":"arn:aws-cn:sts::134928160093:assumed-role/InfoSumImportConnector/acme-import"}"#, "d"),
    (#"{"AWS":"arn:aws:iam::134928160093:role/infosumimportconnector"}"#, "d"),
    (#"{"AWS":"arn:aws:iam::134928160093:user/InfoSumImportConnector"}"#, "d"),
    (#"{"AWS":"arn:aws:iam::111122223333:root"}"#, "d"), (#"{"AWS":"111122223333"}"#, "d"),
    (#"{"AWS":"AROAJQABLZS4A3QDU576Q"}"#, "u"), (#"{"Service":"s3.amazonaws.com"}"#, "d"),
    (#"{"Federated":"accounts.google.com"}"#, "d"),
    (#"{"CanonicalUser":"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}"#, "u"),
    (#"{"Service":"s3.amazonaws.com","AWS":"134928160093"}"#, "a"), (#"{}"#, "d"), (#"{"AWS":[]}"#, "d"),
  ])
  func `a principal names its callers`(_ principal: String, _ expected: String) throws {
    let allow = "{\"Effect\":\"Allow\",\"Principal\":\(principal),\"Action\":\"sts:AssumeRole\"}"
    let answer = try Evaluate.statement(allow, kind: .trust, action: "sts:AssumeRole", resource: nil).answer
    #expect(answer.rawValue.hasPrefix(expected))
  }

  static let role = #""arn:aws:iam::134928160093:role/InfoSumImportConnector""#
  static let session = #""arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/acme-import""#
  static let root = #""arn:aws:iam::134928160093:root""#

  /// A Deny of all but some: it passes a session by only where the session, its role and its
  /// account are all named.
  @Test(arguments: [
    ([session, role, root], "a"), ([session, role, #""134928160093""#], "a"), ([#""*""#], "a"), ([session], "u"),
    ([role], "d"), ([root], "d"), ([session, role], "u"), ([session, root], "u"), ([role, root], "d"),
    ([#""111122223333""#], "d"), ([#""AROAJQABLZS4A3QDU576Q""#], "u"),
  ])
  func `NotPrincipal names all other callers`(_ entries: [String], _ expected: String) throws {
    let deny =
      "{\"Effect\":\"Deny\",\"NotPrincipal\":{\"AWS\":[\(entries.joined(separator: ","))]},\"Action\":\"*\",\"Resource\":\"*\"}"
    #expect(try Evaluate.statement("\(Self.allow),\(deny)").answer.rawValue.hasPrefix(expected))
  }

  @Test(arguments: [
    (#""Action":"sts:AssumeRole""#, true), (#""Action":"STS:assumerole""#, true), (#""Action":"sts:*""#, true),
    (#""Action":"*""#, true), (#""Action":"sts:Assume*""#, true), (#""Action":"sts:AssumeRol?""#, true),
    (#""Action":"sts:AssumeRole?""#, false), (#""Action":["sts:TagSession","sts:AssumeRole"]"#, true),
    (#""Action":"sts:TagSession""#, false), (#""Action":"sts:AssumeRoleWithSAML""#, false), (#""Action":[]"#, false),
    (#""NotAction":"sts:AssumeRole""#, false), (#""NotAction":"sts:TagSession""#, true), (#""NotAction":"*""#, false),
    (#""NotAction":["s3:*","ASSUME"]"#, true),
  ])
  func `Action and NotAction match as AWS does`(_ action: String, _ named: Bool) throws {
    let allow = "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"*\"},\(action)}"
    let answer = try Evaluate.statement(allow, kind: .trust, action: "sts:AssumeRole", resource: nil).answer
    #expect(answer == (named ? .allow : .deny))
  }

  @Test(arguments: [
    (#""Resource":"*""#, true), (#""Resource":"arn:aws:s3:::acme/data/a""#, true),
    (#""Resource":"arn:aws:s3:::acme/*""#, true),
    (#""Resource":"arn:aws:s3:::acme*""#, true), (#""Resource":"arn:aws:s3:::*""#, true),
    (#""Resource":"arn:aws:s3:*:*:acme/*""#, true),
    (#""Resource":"arn:aws:s3:::acme""#, false), (#""Resource":"arn:aws:s3:::Acme/*""#, false),
    (#""Resource":"arn:aws:s3:::acme/data/""#, false),
    (#""Resource":"arn:aws-cn:s3:::acme/*""#, false), (#""Resource":["x","arn:aws:s3:::acme/*"]"#, true),
    (#""NotResource":"arn:aws:s3:::acme/*""#, false), (#""NotResource":"arn:aws:s3:::other/*""#, true),
    (#""NotResource":"*""#, false),
    (#""Resource":"arn:aws:s3:::acme/${aws:username}/*""#, false),
    (#""Resource":"arn:aws:s3:::acme/${aws:dir}/*""#, true),
    (#""Resource":"arn:aws:s3:::acme/${*}""#, false),
  ])
  func `Resource and NotResource match as AWS does`(_ resource: String, _ named: Bool) throws {
    var context = RequestContext()
    context["aws:username"] = .absent
    context["aws:dir"] = .value("data")
    let allow = "{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\(resource)}"
    #expect(try Evaluate.statement(allow, context).answer == (named ? .allow : .deny))
  }

  static let allow = #"{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}"#
  static let deny = #"{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}"#
  static let allowPerhaps =
    #"{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"192.0.2.0/24"}}}"#
  static let denyPerhaps =
    #"{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}}"#
  static let allowOther = #"{"Effect":"Allow","Principal":"*","Action":"s3:PutObject","Resource":"*"}"#

  @Test(
    arguments: [
      ([], .deny, .no, [], []), ([allow], .allow, .no, [0], []), ([allowOther], .deny, .no, [], []),
      ([allow, deny], .deny, .yes, [1], []), ([deny, allow], .deny, .yes, [0], []),
      ([allowPerhaps], .unknown, .no, [0], ["aws:SourceIp"]),
      ([allow, denyPerhaps], .unknown, .unknown, [1], ["aws:PrincipalOrgID"]),
      ([allowPerhaps, allow], .allow, .no, [1], []), ([denyPerhaps], .deny, .unknown, [0], []),
      ([allowPerhaps, denyPerhaps], .unknown, .unknown, [1], ["aws:PrincipalOrgID"]),
      ([allowPerhaps, deny], .deny, .yes, [1], []),
      ([denyPerhaps, deny, allow], .deny, .yes, [1], []),
    ] as [([String], PolicyDecision.Answer, TriState, [Int], [String])])
  func `a Deny overrides every Allow`(
    _ statements: [String], _ answer: PolicyDecision.Answer, _ explicitDeny: TriState, _ deciding: [Int],
    _ keys: [String]
  ) throws {
    let decision = try Evaluate.statement(statements.joined(separator: ","))
    #expect(decision.answer == answer)
    #expect(decision.explicitDeny == explicitDeny)
    #expect(decision.deciding == deciding)
    #expect(decision.unknownKeys == keys)
  }

  /// Identity and resource policies: in one account either allows, across accounts both must, a
  /// Deny in either wins.
  @Test(arguments: [
    (allow, allow, "aaa"), (allow, "", "adu"), ("", allow, "adu"), ("", "", "ddd"), (allow, deny, "ddd"),
    (deny, allow, "ddd"),
    (allowPerhaps, allow, "auu"), (allowPerhaps, "", "udu"), (allow, denyPerhaps, "udu"),
    (allow, "\(allow),\(denyPerhaps)", "uuu"),
  ])
  func `two policies are combined by account`(_ identity: String, _ resource: String, _ expected: String) throws {
    let identity = try Evaluate.statement(identity)
    let resource = try Evaluate.statement(resource)
    let answers = [TriState.yes, .no, .unknown].map {
      PolicyEvaluator.combine(identity: identity, resource: resource, sameAccount: $0).rawValue.prefix(1)
    }
    #expect(answers.joined() == expected)
  }

  @Test func `a session with an unknown name is undetermined`() throws {
    let request = PolicyRequest(
      principal: RequestPrincipal(
        partition: "aws", account: "111122223333", roleARN: "arn:aws:iam::111122223333:role/a/r", sessionARN: nil),
      action: "s3:GetObject", resource: "arn:aws:s3:::b/k", context: RequestContext())
    func answer(_ principal: String) throws -> PolicyDecision.Answer {
      let text =
        "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"\(principal)\"},\"Action\":\"s3:*\",\"Resource\":\"*\"}}"
      return PolicyEvaluator.evaluate(PolicyParser.parse(try JSONValue(parsing: text), as: .bucket).policy, request)
        .answer
    }
    #expect(try answer("arn:aws:sts::111122223333:assumed-role/r/x") == .unknown)
    #expect(try answer("arn:aws:sts::111122223333:assumed-role/q/x") == .deny)
    #expect(try answer("arn:aws:iam::111122223333:role/a/r") == .allow)
    #expect(try answer("arn:aws:iam::111122223333:role/r") == .deny)
  }
}

@Suite struct EvaluatorPropertyTests {
  /// Statements of every sort, to be put together at random.
  static let pool: [String] = {
    let principals = [
      #""*""#, #"{"AWS":"134928160093"}"#, #"{"AWS":"111122223333"}"#, #"{"AWS":"AROAJQABLZS4A3QDU576Q"}"#,
    ]
    let conditions = [
      "{}", #"{"StringEquals":{"aws:Known":"v"}}"#, #"{"StringNotEquals":{"aws:Known":"v"}}"#,
      #"{"Bool":{"aws:Hidden":"true"}}"#,
      #"{"StringEqualsIfExists":{"aws:Missing":"v"}}"#, #"{"ForAnyValue:StringLike":{"aws:Missing":"*"}}"#,
    ]
    var statements: [String] = []
    for principal in principals {
      for condition in conditions {
        for action in [#""Action":"s3:Get*""#, #""NotAction":"s3:Get*""#] {
          statements.append("\"Principal\":\(principal),\(action),\"Resource\":\"*\",\"Condition\":\(condition)}")
        }
      }
    }
    return statements
  }()

  private func answer(_ statements: [String]) throws -> PolicyDecision.Answer {
    var context = RequestContext()
    context["aws:Known"] = .value("v")
    context["aws:Missing"] = .absent
    return try Evaluate.statement(statements.joined(separator: ","), context).answer
  }

  private func openness(_ answer: PolicyDecision.Answer) -> Int {
    switch answer {
    case .deny: 0
    case .unknown: 1
    case .allow: 2
    }
  }

  @Test(arguments: 0..<10)
  func `a Deny never opens, an Allow never closes, and order never matters`(_ seed: Int) throws {
    var random = SplitMix(state: UInt64(seed))
    for _ in 0..<60 {
      let statements = (0...Int(random.next() % 5)).map { _ in
        let effect = random.next() % 2 == 0 ? "Allow" : "Deny"
        return "{\"Effect\":\"\(effect)\"," + Self.pool[Int(random.next() % UInt64(Self.pool.count))]
      }
      let more = Self.pool[Int(random.next() % UInt64(Self.pool.count))]
      let before = openness(try answer(statements))
      #expect(openness(try answer(statements + ["{\"Effect\":\"Deny\"," + more])) <= before)
      #expect(openness(try answer(statements + ["{\"Effect\":\"Allow\"," + more])) >= before)
      var shuffled = statements
      for index in shuffled.indices { shuffled.swapAt(index, Int(random.next() % UInt64(shuffled.count))) }
      #expect(openness(try answer(shuffled)) == before)
    }
  }
}
