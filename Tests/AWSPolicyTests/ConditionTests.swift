import AWSPolicy
import JSON
import Testing

/// A condition block, and what it comes to when the key has a value, when it is missing, and so on.
struct ConditionRow: Sendable, CustomTestStringConvertible {
  let condition: String
  let context: [String: RequestContext.Knowledge]
  let answer: PolicyDecision.Answer

  init(_ condition: String, _ context: [String: RequestContext.Knowledge], _ answer: PolicyDecision.Answer) {
    self.condition = condition
    self.context = context
    self.answer = answer
  }

  var testDescription: String { "\(condition) \(context)" }
}

enum Evaluate {
  static let principal = RequestPrincipal(
    partition: "aws", account: "134928160093", roleARN: "arn:aws:iam::134928160093:role/InfoSumImportConnector",
    sessionARN: "arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/acme-import")

  static func statement(
    _ statement: String, version: String = "2012-10-17", kind: PolicyKind = .bucket, action: String = "s3:GetObject",
    resource: String? = "arn:aws:s3:::acme/data/a", _ context: RequestContext = RequestContext()
  ) throws -> PolicyDecision {
    try document(
      "{\"Version\":\"\(version)\",\"Statement\":[\(statement)]}", kind: kind, action: action, resource: resource,
      context)
  }

  static func document(
    _ text: String, kind: PolicyKind = .bucket, action: String = "s3:GetObject",
    resource: String? = "arn:aws:s3:::acme/data/a", _ context: RequestContext = RequestContext()
  ) throws -> PolicyDecision {
    let (policy, _) = PolicyParser.parse(try JSONValue(parsing: text), as: kind)
    return PolicyEvaluator.evaluate(
      policy, PolicyRequest(principal: principal, action: action, resource: resource, context: context))
  }

  static func condition(
    _ condition: String, version: String = "2012-10-17", _ known: [String: RequestContext.Knowledge]
  ) throws -> PolicyDecision.Answer {
    var context = RequestContext()
    for (key, knowledge) in known { context[key] = knowledge }
    return try statement(
      "{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":\(condition)}",
      version: version, context
    ).answer
  }
}

@Suite struct ConditionTests {
  static let right: [String: RequestContext.Knowledge] = ["sts:ExternalId": .value("abc1")]
  static let wrong: [String: RequestContext.Knowledge] = ["sts:ExternalId": .value("zzz9")]
  static let none: [String: RequestContext.Knowledge] = ["sts:ExternalId": .absent]
  static let hidden: [String: RequestContext.Knowledge] = ["sts:ExternalId": .unknown]

  /// The state table of an external ID: right, wrong, none, not known.
  @Test(arguments: [
    (#"{"StringEquals":{"sts:ExternalId":"abc1"}}"#, "addu"),
    (#"{"StringEquals":{"sts:ExternalId":["other","abc1"]}}"#, "addu"),
    (#"{"StringEquals":{"STS:EXTERNALID":"abc1"}}"#, "addu"),
    (#"{"StringEqualsIgnoreCase":{"sts:ExternalId":"ABC1"}}"#, "addu"),
    (#"{"StringLike":{"sts:ExternalId":"ab*"}}"#, "addu"),
    (#"{"StringLike":{"sts:ExternalId":"a?c?"}}"#, "addu"),
    (#"{"StringLike":{"sts:ExternalId":"*"}}"#, "aadu"),
    (#"{"Null":{"sts:ExternalId":"false"}}"#, "aadu"),
    (#"{"Null":{"sts:ExternalId":false}}"#, "aadu"),
    (#"{}"#, "aaaa"),
    (#"{"StringNotEquals":{"sts:ExternalId":"other"}}"#, "aaau"),
    (#"{"StringNotEquals":{"sts:ExternalId":"abc1"}}"#, "daau"),
    (#"{"StringNotEquals":{"sts:ExternalId":["x","abc1"]}}"#, "daau"),
    (#"{"StringEqualsIfExists":{"sts:ExternalId":"abc1"}}"#, "adau"),
    (#"{"ForAllValues:StringEquals":{"sts:ExternalId":"abc1"}}"#, "adau"),
    (#"{"ForAnyValue:StringEquals":{"sts:ExternalId":"abc1"}}"#, "addu"),
    (#"{"ForAnyValue:StringEqualsIfExists":{"sts:ExternalId":"abc1"}}"#, "adau"),
    (#"{"ForAnyValue:StringNotEquals":{"sts:ExternalId":"abc1"}}"#, "dadu"),
    (#"{"ForAllValues:StringNotEquals":{"sts:ExternalId":"abc1"}}"#, "daau"),
    (#"{"StringNotEqualsIfExists":{"sts:ExternalId":"abc1"}}"#, "daau"),
    (#"{"StringEquals":{"sts:ExternalId":"*"}}"#, "dddu"),
    (#"{"StringEquals":{"sts:ExternalId":"ABC1"}}"#, "dddu"),
    (#"{"StringEquals":{"sts:ExternalId":[]}}"#, "dddd"),
    (#"{"Null":{"sts:ExternalId":"true"}}"#, "ddau"),
    (#"{"StringLike":{"sts:ExternalId":"${*}"}}"#, "dddu"),
    (#"{"StringLike":{"sts:ExternalId":"AB*"}}"#, "dddu"),
    (#"{"StringNotLike":{"sts:ExternalId":"ab*"}}"#, "daau"),
    (#"{"StringNotEqualsIgnoreCase":{"sts:ExternalId":"ABC1"}}"#, "daau"),
    (#"{"StringEquals":{"sts:ExternalId":"abc1"},"Null":{"sts:ExternalId":"false"}}"#, "addu"),
    (#"{"StringEquals":{"sts:ExternalId":"abc1"},"StringNotEquals":{"sts:ExternalId":"abc1"}}"#, "dddu"),
    (#"{"StringEqualz":{"sts:ExternalId":"abc1"}}"#, "uuuu"),
  ])
  func `conditions on the external ID are evaluated as AWS does`(_ condition: String, _ expected: String) throws {
    let answers = try [Self.right, Self.wrong, Self.none, Self.hidden].map { try Evaluate.condition(condition, $0) }
    #expect(String(answers.map { $0.rawValue.first ?? "?" }) == expected)
  }

  /// An operator, the value wanted, the value of the key, and whether the condition holds. It has a
  /// type of its own, since the compiler needs ten seconds to find the type of so many tuples.
  private static let comparisons: [(String, String, String, Bool)] = [
    ("NumericEquals", "10", "10", true), ("NumericEquals", "10", "10.0", true), ("NumericEquals", "10", "11", false),
    ("NumericEquals", "10", "x", false), ("NumericNotEquals", "10", "11", true),
    ("NumericNotEquals", "10", "10", false),
    ("NumericLessThan", "10", "9.5", true), ("NumericLessThan", "10", "10", false),
    ("NumericLessThanEquals", "10", "10", true), ("NumericLessThanEquals", "10", "10.1", false),
    ("NumericGreaterThan", "10", "11", true), ("NumericGreaterThan", "10", "10", false),
    ("NumericGreaterThanEquals", "10", "10", true), ("NumericGreaterThanEquals", "-1", "-2", false),
    ("DateEquals", "2026-11-23T00:00:00Z", "1795392000", true), ("DateEquals", "2026-11-23", "2026-11-23T00:00Z", true),
    ("DateEquals", "2026-11-23T01:00:00+01:00", "2026-11-23T00:00:00Z", true),
    ("DateEquals", "2026-11-23T00:00:00.5Z", "2026-11-23T00:00:00Z", false),
    ("DateEquals", "2026-11", "2026-11-01T00:00:00Z", true), ("DateEquals", "2026-13", "2026-13", false),
    ("DateEquals", "1795392000.5", "2026-11-23T00:00:00.5Z", true), ("DateEquals", "-1", "1969-12-31T23:59:59Z", true),
    ("DateEquals", "2026-11-23T00:00:00", "2026-11-23T00:00:00Z", false),
    ("DateEquals", "2026-11-23T00:00:00-0130", "2026-11-23T01:30:00Z", true),
    ("DateEquals", "2024-02-29", "1709164800", true), ("DateNotEquals", "yesterday", "2026-11-23", true),
    ("DateGreaterThan", "1795392000", "2026-11-23T00:00:00.001Z", true),
    ("DateEquals", "yesterday", "2026-11-23T00:00:00Z", false),
    ("DateNotEquals", "2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z", true),
    ("DateLessThan", "2026-11-23T00:00:00Z", "2026-11-22T23:59:59Z", true),
    ("DateLessThan", "2026-11-23T00:00:00Z", "2026-11-23T00:00:00Z", false),
    ("DateLessThanEquals", "2026-11-23T00:00:00Z", "2026-11-23T00:00:00Z", true),
    ("DateGreaterThan", "2026-11-23T00:00:00Z", "2026-11-23T00:00:01Z", true),
    ("DateGreaterThanEquals", "2026-02-28T00:00:00Z", "2026-03-01T00:00:00Z", true),
    ("DateGreaterThan", "1970-01-01T00:00:00Z", "1969-12-31T00:00:00Z", false),
    ("Bool", "TRUE", "true", true), ("Bool", "1", "true", false), ("Bool", "false", "False", true),
    ("Bool", "true", "true", true), ("Bool", "True", "true", true), ("Bool", "false", "true", false),
    ("BinaryEquals", "Qmlu*", "QmluYXJ5", false), ("BinaryEquals", "QmluYXJ5", "QmluYXJ5", true),
    ("BinaryEquals", "QmluYXJ5", "qmluYXJ5", false),
    ("IpAddress", "203.0.113.0/24", "203.0.113.7", true), ("IpAddress", "203.0.113.0/24", "203.0.114.7", false),
    ("IpAddress", "203.0.113.0/33", "203.0.113.7", false), ("IpAddress", "203.0.113.0/", "203.0.113.7", false),
    ("IpAddress", "203.0.113.7/32", "203.0.113.7", true), ("IpAddress", "203.0.113.7/32", "203.0.113.6", false),
    ("IpAddress", "203.0.113.7/24", "203.0.113.200", true), ("IpAddress", "203.0.113.*", "203.0.113.7", false),
    ("IpAddress", "2001:db8::/33", "2001:db8:7fff::", true), ("IpAddress", "2001:db8::/33", "2001:db8:8000::", false),
    ("IpAddress", "2001:DB8::1/128", "2001:db8:0:0:0:0:0:1", true),
    ("IpAddress", "2001:db8::1::2", "2001:db8::1", false),
    ("IpAddress", "::/129", "::1", false), ("NotIpAddress", "2001:db8::/32", "203.0.113.7", true),
    ("NotIpAddress", "nonsense", "203.0.113.7", true), ("IpAddress", "203.0.113.7", "203.0.113.7", true),
    ("IpAddress", "0.0.0.0/0", "8.8.8.8", true),
    ("IpAddress", "203.0.113.0/25", "203.0.113.128", false), ("IpAddress", "203.0.113.300", "203.0.113.7", false),
    ("IpAddress", "2001:db8::/32", "2001:db8:1::1", true), ("IpAddress", "2001:db8::/32", "2001:db9::1", false),
    ("IpAddress", "::1", "0:0:0:0:0:0:0:1", true), ("IpAddress", "::/0", "203.0.113.7", false),
    ("NotIpAddress", "203.0.113.0/24", "203.0.113.7", false), ("NotIpAddress", "203.0.113.0/24", "198.51.100.1", true),
    ("ArnEquals", "arn:aws:iam::1:role/a", "arn:aws:iam::1:role/a", true),
    ("ArnEquals", "arn:aws:iam::1:role/*", "arn:aws:iam::1:role/a", true),
    ("ArnLike", "arn:aws:iam::*:role/a", "arn:aws:iam::1:role/a", true),
    ("ArnLike", "arn:aws:iam::1:role/A", "arn:aws:iam::1:role/a", false),
    ("ArnLike", "arn:aws:iam*:role/a", "arn:aws:iam::1:role/a", false),
    ("ArnLike", "arn:*:role/a", "arn:aws:iam::1:role/a", false),
    ("ArnLike", "arn:aws:iam::?:role/?", "arn:aws:iam::1:role/a", true),
    ("ArnLike", "arn:aws:iam::1:*", "arn:aws:iam::1:role/a:b:c", true),
    ("ArnLike", "arn:aws:*:*:*:*", "arn:aws:iam::1:role/a", true),
    ("ArnLike", "arn:aws:*", "arn:aws:iam::1:role/a", false),
    ("ArnLike", "ARN:aws:iam::1:role/a", "arn:aws:iam::1:role/a", false),
    ("ArnEquals", "role/a", "role/a", false), ("ArnNotLike", "role/a", "arn:aws:iam::1:role/a", true),
    ("ArnEquals", "arn:aws:iam::1:role/?", "arn:aws:iam::1:role/ab", false),
    ("ArnNotEquals", "arn:aws:iam::1:role/a", "arn:aws:iam::1:role/a", false),
    ("ArnNotLike", "arn:aws:iam::2:*", "arn:aws:iam::1:role/a", true),
    ("StringEquals", "é", "é", true), ("StringEquals", "é", "e\u{301}", false), ("StringEquals", "", "", true),
    ("StringEqualsIgnoreCase", "É", "é", true), ("StringLike", "", "", true), ("StringLike", "", "a", false),
    ("StringLike", "**a**", "bab", true), ("StringLike", "a*b*c", "aXbYc", true),
    ("StringLike", "a*b*c", "aXcYb", false),
    ("StringLike", "???", "ab", false), ("StringLike", "?", "é", true), ("StringLike", "*.csv", "a.csv.csv", true),
  ]

  /// Operators against one value, and against a missing key, with and without `IfExists`.
  @Test(arguments: comparisons)
  func `each operator compares as AWS does`(_ name: String, _ wanted: String, _ value: String, _ holds: Bool) throws {
    let isNegated = name.contains("Not")
    func block(_ name: String) -> String {
      JSONValue.object([(name, .object([("aws:Key", .string(wanted))]))]).text()
    }
    #expect(try Evaluate.condition(block(name), ["aws:key": .value(value)]) == (holds ? .allow : .deny))
    #expect(try Evaluate.condition(block(name + "IfExists"), ["aws:key": .value(value)]) == (holds ? .allow : .deny))
    #expect(
      try Evaluate.condition(block("ForAnyValue:" + name), ["aws:key": .value(value)]) == (holds ? .allow : .deny))
    #expect(
      try Evaluate.condition(block("ForAllValues:" + name), ["aws:key": .value(value)]) == (holds ? .allow : .deny))
    #expect(try Evaluate.condition(block(name), ["aws:key": .absent]) == (isNegated ? .allow : .deny))
    #expect(try Evaluate.condition(block(name + "IfExists"), ["aws:key": .absent]) == .allow)
    #expect(try Evaluate.condition(block("ForAllValues:" + name), ["aws:key": .absent]) == .allow)
    #expect(try Evaluate.condition(block("ForAnyValue:" + name), ["aws:key": .absent]) == .deny)
    #expect(try Evaluate.condition(block(name), ["aws:key": .unknown]) == .unknown)
  }

  /// Keys of many values.
  @Test(arguments: [
    ("ForAllValues:StringEquals", ["a", "b"], true), ("ForAllValues:StringEquals", ["a", "c"], false),
    ("ForAllValues:StringEquals", [], true), ("ForAnyValue:StringEquals", ["c", "a"], true),
    ("ForAnyValue:StringEquals", ["c", "d"], false), ("ForAnyValue:StringEquals", [], false),
    ("ForAllValues:StringNotEquals", ["c", "d"], true), ("ForAllValues:StringNotEquals", ["a", "d"], false),
    ("ForAnyValue:StringNotEquals", ["a", "d"], true), ("ForAnyValue:StringNotEquals", ["a", "b"], false),
    ("ForAnyValue:StringLike", ["x", "bb"], false),
    // Without a qualifier any value may match, and with negation none may.
    ("StringEquals", ["c", "a"], true), ("StringEquals", ["c", "d"], false), ("StringNotEquals", ["c", "a"], false),
    ("StringNotEquals", ["c", "d"], true), ("StringLike", ["A"], false), ("StringEqualsIgnoreCase", ["c", "A"], true),
    ("ForAllValues:StringEqualsIgnoreCase", ["B", "A"], true),
    ("ForAllValues:StringEqualsIfExists", ["a", "c"], false),
    ("ForAnyValue:StringEqualsIfExists", ["c"], false), ("ForAnyValue:StringNotEqualsIfExists", ["c"], true),
    ("ForAllValues:StringNotLike", ["c", "d"], true), ("ForAllValues:StringNotLike", [], true),
    ("ForAnyValue:StringNotLike", [], false),
  ])
  func `keys with many values follow their qualifier`(_ name: String, _ values: [String], _ holds: Bool) throws {
    let block = "{\"\(name)\":{\"aws:TagKeys\":[\"a\",\"b\"]}}"
    #expect(try Evaluate.condition(block, ["aws:TagKeys": .values(values)]) == (holds ? .allow : .deny))
  }

  /// `Null` asks whether the key is there, whatever its value; the words are strings or booleans,
  /// in any case.
  @Test(arguments: [
    (#""true""#, "dau"), (#""false""#, "adu"), ("true", "dau"), ("false", "adu"), (#""True""#, "dau"),
    (#"["true","false"]"#, "aau"), (#"["false","x"]"#, "adu"), (#""x""#, "ddd"), ("[]", "ddd"), (#""${aws:x}""#, "ddd"),
  ])
  func `Null tests the presence of a key`(_ value: String, _ expected: String) throws {
    let condition = "{\"Null\":{\"aws:TokenIssueTime\":\(value)}}"
    let answers = try [RequestContext.Knowledge.value("x"), .absent, .unknown].map {
      try Evaluate.condition(condition, ["aws:tokenissuetime": $0]).rawValue.prefix(1)
    }
    #expect(answers.joined() == expected)
  }

  /// An empty list matches nothing, so that negation holds, and a missing key is treated like any
  /// other.
  @Test(arguments: [
    ("StringEquals", "dd"), ("StringNotEquals", "aa"), ("StringEqualsIfExists", "da"),
    ("ForAllValues:StringEquals", "da"),
    ("ForAnyValue:StringEquals", "dd"), ("NumericLessThan", "dd"), ("NotIpAddress", "aa"), ("Bool", "dd"),
  ])
  func `a condition without values never holds`(_ name: String, _ expected: String) throws {
    let answers = try [RequestContext.Knowledge.value("x"), .absent].map {
      try Evaluate.condition("{\"\(name)\":{\"aws:Key\":[]}}", ["aws:Key": $0]).rawValue.prefix(1)
    }
    #expect(answers.joined() == expected)
  }

  /// Policy variables: with 2012-10-17 only, in strings and ARNs only, never in names or numbers.
  @Test(arguments: [
    ("StringEquals", "${aws:username}", "bob", "2012-10-17", "a"),
    ("StringEquals", "${aws:username}", "${aws:username}", "2012-10-17", "d"),
    ("StringEquals", "${aws:username}", "${aws:username}", "2008-10-17", "a"),
    ("StringEquals", "${AWS:UserName}", "bob", "2012-10-17", "a"),
    ("StringLike", "x/${aws:username}/*", "x/bob/y", "2012-10-17", "a"),
    ("StringEquals", "${aws:missing}", "bob", "2012-10-17", "d"),
    ("StringEquals", "${aws:missing, 'bob'}", "bob", "2012-10-17", "a"),
    ("StringEquals", "${aws:missing,'bob'}", "bob", "2012-10-17", "a"),
    ("StringEquals", "${aws:username, 'x'}", "x", "2012-10-17", "d"),
    ("StringEquals", "${aws:PrincipalOrgID}", "bob", "2012-10-17", "u"),
    ("StringEquals", "${aws:PrincipalOrgID, 'bob'}", "bob", "2012-10-17", "u"),
    ("StringEquals", "${aws:missing, bob}", "bob", "2012-10-17", "d"),
    ("StringLike", "${aws:missing, '*'}", "bob", "2012-10-17", "d"),
    ("StringLike", "${aws:missing, '*'}", "*", "2012-10-17", "a"),
    ("StringEquals", "${aws:missing, 'bob'}", "bob", "2008-10-17", "d"),
    ("StringEquals", "${aws:many}", "b", "2012-10-17", "d"),
    ("StringNotEquals", "${aws:username}", "bob", "2012-10-17", "d"),
    ("StringEqualsIfExists", "${aws:missing}", "bob", "2012-10-17", "d"),
    ("ArnLike", "arn:aws:iam::1:user/${aws:star}", "arn:aws:iam::1:user/bob", "2012-10-17", "d"),
    ("IpAddress", "${aws:username}", "bob", "2012-10-17", "d"),
    ("BinaryEquals", "${aws:username}", "${aws:username}", "2012-10-17", "a"),
    ("StringNotEquals", "${aws:missing}", "bob", "2012-10-17", "u"),
    ("StringLike", "${aws:star}", "abc", "2012-10-17", "d"),
    ("StringLike", "${aws:star}", "*", "2012-10-17", "a"), ("StringLike", "${*}", "abc", "2012-10-17", "d"),
    ("StringLike", "a${?}${$}*", "a?$b", "2012-10-17", "a"), ("StringEquals", "${$}{*}", "${*}", "2012-10-17", "a"),
    ("StringEquals", "${unclosed", "${unclosed", "2012-10-17", "a"),
    ("Bool", "${aws:username}", "bob", "2012-10-17", "d"),
    ("NumericEquals", "${aws:number}", "1", "2012-10-17", "d"),
    ("ArnLike", "arn:aws:iam::1:user/${aws:username}", "arn:aws:iam::1:user/bob", "2012-10-17", "a"),
    ("StringLike", "*", "abc", "2008-10-17", "a"),
    ("StringEqualsIgnoreCase", "${aws:username}", "BOB", "2012-10-17", "a"),
  ])
  func `policy variables are filled in`(
    _ name: String, _ wanted: String, _ value: String, _ version: String, _ expected: String
  ) throws {
    let block = JSONValue.object([(name, .object([("aws:Key", .string(wanted))]))]).text()
    let known: [String: RequestContext.Knowledge] = [
      "aws:Key": .value(value), "aws:username": .value("bob"), "aws:missing": .absent, "aws:star": .value("*"),
      "aws:many": .values(["a", "b"]), "aws:number": .value("1"),
    ]
    #expect(try Evaluate.condition(block, version: version, known).rawValue.hasPrefix(expected))
  }

  @Test func `a hostile pattern is matched in linear time`() throws {
    let clock = ContinuousClock()
    let value = String(repeating: "a", count: 1_024)
    let pattern = String(repeating: "a*", count: 20_000) + "b"
    let block = JSONValue.object([("StringLike", ["aws:Key": .string(pattern)])]).text()
    let start = clock.now
    #expect(try Evaluate.condition(block, ["aws:Key": .value(value)]) == .deny)
    #expect(clock.now - start < .seconds(5))
  }
}
