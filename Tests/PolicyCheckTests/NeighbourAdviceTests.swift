import AWSPolicy
import JSON
import PolicyCheck
import Registry
import Testing

/// Corrections of policies that other prefixes and other keys depend on too.
@Suite struct NeighbourAdviceTests {
  private static func document(_ statements: String...) -> String {
    "{\"Version\":\"2012-10-17\",\"Statement\":[\(statements.joined(separator: ","))]}"
  }

  private static func allow(_ actions: String, _ resources: String, _ condition: String = "{}") -> String {
    "{\"Effect\":\"Allow\",\"Action\":[\(actions)],\"Resource\":[\(resources)],\"Condition\":\(condition)}"
  }

  private static let bucket = #""arn:aws:s3:::acme-data""#
  private static let others = #""arn:aws:s3:::acme-data/team-a/*""#
  private static let otherListing = allow(
    #""s3:ListBucket""#, bucket, #"{"StringLike":{"s3:prefix":"team-a/*"}}"#)

  private static func role(_ action: String, _ resource: String, prefix: String? = nil) -> PolicyRequest {
    var context = RequestContext(otherKeys: .absent)
    if let prefix { context["s3:prefix"] = .value(prefix) }
    return PolicyRequest(
      principal: RequestPrincipal(
        partition: "aws", account: "111122223333", roleARN: CheckSample.role, sessionARN: nil),
      action: action, resource: "arn:aws:s3:::" + resource, context: context)
  }

  private static let otherRequests = [
    role("s3:ListBucket", "acme-data", prefix: "team-a/"), role("s3:GetObject", "acme-data/team-a/x"),
    role("s3:PutObject", "acme-data/team-a/x"), role("s3:GetObject", "acme-data/other/x"),
    role("s3:PutObject", "acme-data/exports/x"),
    role("s3:GetBucketLocation", "acme-data"),
  ]

  private static let vpc = #"{"StringEquals":{"aws:SourceVpc":"vpc-1"}}"#

  @Test(arguments: [
    document(otherListing, allow(#""s3:GetObject""#, others)),
    document(otherListing, allow(#""s3:GetObject","s3:PutObject""#, others)),
    document(allow(#""s3:ListBucket","s3:PutObject""#, others), allow(#""s3:GetObject""#, others)),
    document(allow(#""s3:GetObject","s3:GetBucketLocation""#, bucket), otherListing),
    document(otherListing, allow(#""s3:GetObject""#, others, vpc)),
  ])
  func `the access to another prefix of the bucket stays as it is`(_ text: String) throws {
    let subject = try CheckSample.subject()
    let part = try CheckedKind.permission.check(text, subject)
    #expect(part.verdict == .blocked)
    let corrected = try #require(try CheckedKind.permission.expectHolds(part, subject))
    let policies = try [JSONValue(parsing: text), corrected].map { PolicyParser.parse($0, as: .identity).policy }
    for request in Self.otherRequests {
      let answers = policies.map { PolicyEvaluator.evaluate($0, request).answer }
      #expect(answers[0] == answers[1], "\(request.action) on \(request.resource ?? "") in \(corrected.text())")
    }
  }

  @Test func `the access to the keys of another Region stays as it is`() throws {
    let key = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    let text = Self.document(
      Self.allow(#""s3:ListBucket""#, Self.bucket),
      Self.allow(#""s3:GetObject""#, #""arn:aws:s3:::acme-data/exports/*""#),
      Self.allow(#""kms:Decrypt""#, #""arn:aws:kms:us-east-1:111122223333:*""#))
    let subject = try CheckSample.subject(key: key)
    let part = try CheckedKind.permission.check(text, subject)
    let corrected = try #require(try CheckedKind.permission.expectHolds(part, subject))
    #expect(corrected["Statement"]?[2]?["Resource"] == ["arn:aws:kms:us-east-1:111122223333:*", .string(key)])
  }
}
