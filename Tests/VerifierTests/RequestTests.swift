import JSON
@testable import Registry
import Testing
import Text

@testable import AWSClient
@testable import Verifier

/// The requests to AWS, and their endpoints.
@Suite struct RequestTests {
  @Test func `every call has the caller's trace, which no signature covers`() throws {
    let trace = try #require(TraceContext("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"))
    let aws = ScriptedAWS()
    _ = try Sample.verify(over: aws, trace: trace)
    #expect(aws.asked.count == 8)
    for request in aws.asked {
      #expect(request.fields.filter { $0.name == "traceparent" }.map(\.value) == [trace.text])
      let signature = try #require(request.fields.first { $0.name == "authorization" }).value
      #expect(!signature.contains("traceparent"))
    }
  }

  @Test func `each session has a policy for its purpose`() throws {
    let aws = ScriptedAWS()
    _ = try Sample.verify(over: aws)
    let policies = try aws.asked.filter { $0.method == "POST" }.map { try Self.form($0)["Policy"] ?? "" }
    let role = "arn:aws:iam::111122223333:role/infosum-import"
    let assuming =
      #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sts:AssumeRole"],"Resource":["\#(role)"]}]}"#
    let nothing = #"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["*"],"Resource":["*"]}]}"#
    #expect(policies[0] == assuming && policies[4] == assuming)
    #expect([policies[2], policies[3], policies[5]] == [nothing, nothing, nothing])
    #expect(policies[1].contains("arn:aws:s3:::acme-data/*") && !policies[1].contains("s3:*"))
    for request in aws.asked where request.method == "POST" {
      #expect(try Self.form(request)["DurationSeconds"] == "900")
    }
  }

  @Test func `the session names are those of an import`() throws {
    let aws = ScriptedAWS()
    _ = try Sample.verify(over: aws)
    let names = try aws.asked.filter { $0.method == "POST" }.map { try Self.form($0)["RoleSessionName"] ?? "" }
    #expect(names.enumerated().allSatisfy { $0.offset == 4 || $0.element == "acme-import" })
    #expect(names[4].lowercased() != "acme-import" && (2...64).contains(names[4].count))
    let ids = try aws.asked.filter { $0.method == "POST" }.map { try Self.form($0)["ExternalId"] }
    #expect(ids[0] == nil && ids[4] == nil && ids[2] == nil)
    #expect(ids[1] == Sample.externalID.hex && ids[5] == Sample.externalID.hex)
    #expect(ids[3]?.count == 64 && ids[3] != Sample.externalID.hex)
    #expect(aws.asked.map(SignatureTag.key) == ["BASE", "OWN", "OWN", "OWN", "BASE", "OTHER", "ROLE", "ROLE"])
  }

  /// Of an answer nothing but a Region in the form of one is believed, and no host is ever made of anything else.
  @Test(arguments: [
    ("eu-central-1", true), ("us-gov-west-1", false), ("evil.example", false), ("eu-west-1.evil.example#", false),
    ("", false), ("eu-west-1", false),
  ]) func `a bucket in another Region is found once`(region: String, isFollowed: Bool) throws {
    for status in [301, 400, 403, 307] {
      let aws = ScriptedAWS()
      aws.answers[.list] = .success(
        ScriptedAWS.error(
          .list, status: status, code: "PermanentRedirect",
          fields: [.init("location", "http://evil.example/"), .init("x-amz-bucket-region", region)]))
      _ = try Sample.verify(over: aws)
      let hosts = aws.asked.filter { $0.method == "GET" }.map(\.endpoint.text)
      let own = "https://s3.eu-west-1.amazonaws.com"
      #expect(hosts == (isFollowed ? [own, "https://s3.eu-central-1.amazonaws.com"] : [own]))
    }
  }

  @Test(arguments: [
    (
      ScriptedAWS.item("exports/", size: 0) + ScriptedAWS.item("exports/a%2Bb+%C3%A9.csv"),
      "/exports/a%2Bb%20%C3%A9.csv"
    ),
    (ScriptedAWS.item("exports/old", storageClass: "GLACIER") + ScriptedAWS.item("exports/new"), "/exports/new"),
    (ScriptedAWS.item("exports/old", storageClass: "DEEP_ARCHIVE"), "/exports/old"),
    (ScriptedAWS.item("exports/", size: 0), "/exports/"),
  ]) func `the most telling object is read`(contents: String, path: String) throws {
    let aws = ScriptedAWS()
    aws.answers[.list] = ScriptedAWS.listing(contents)
    #expect(try Sample.verify(over: aws).verdict == .verified)
    #expect(aws.asked.last?.path == "/acme-data" + path)
    #expect(aws.asked.last?.fields.contains(.init("range", "bytes=0-0")) == true)
  }

  @Test func `an empty prefix or object is not an error`() throws {
    let aws = ScriptedAWS()
    aws.answers[.list] = ScriptedAWS.listing("")
    let empty = try Sample.verify(over: aws)
    #expect(empty.verdict == .verified && empty.checks.last?.code == "prefix.empty")
    aws.answers[.list] = nil
    aws.reject(.object, status: 416, code: "InvalidRange")
    #expect(try Sample.verify(over: aws).verdict == .verified)
  }

  @Test(arguments: ["exports/a&b=c d+é*?$/", ""]) func `the prefix is requested unchanged`(prefix: String) throws {
    let aws = ScriptedAWS()
    _ = try Sample.verify(Sample.icc(prefix: prefix), over: aws)
    let listing = try #require(aws.asked.first { !$0.query.isEmpty })
    #expect(listing.query.contains(.init("prefix", prefix)))
    #expect(listing.url.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "+") })
  }

  @Test func `S3 is asked for a bucket of the role's account, or of bucketOwner`() throws {
    for (owner, expected) in [(nil, "111122223333"), ("999988887777", "999988887777")] as [(String?, String)] {
      let aws = ScriptedAWS()
      var icc = Sample.icc()
      icc.bucketOwner = owner.map(AccountID.init(stored:))
      #expect(try Sample.verify(icc, over: aws).verdict == .verified)
      let calls = aws.asked.filter { $0.method == "GET" }
      #expect(calls.count == 2)
      #expect(calls.allSatisfy { $0.fields.contains(.init("x-amz-expected-bucket-owner", expected)) })
    }
  }

  @Test func `a bucket of another account is a warning without bucketOwner, and an error with a wrong one`() throws {
    for owner in [nil, "999988887777"] as [String?] {
      let aws = ScriptedAWS()
      aws.onlyOwner = "123456789012"
      var icc = Sample.icc()
      icc.bucketOwner = owner.map(AccountID.init(stored:))
      let verification = try Sample.verify(icc, over: aws)
      let listing = try #require(verification.checks.first { $0.name == .bucketListable })
      #expect(listing.status == (owner == nil ? .passed : .failed))
      #expect(listing.code == (owner == nil ? "bucket.other-account" : "bucket.list-denied"))
      #expect(verification.verdict == (owner == nil ? .verified : .failing))
      if owner == nil { #expect(listing.hint?.contains("bucketOwner") == true) }
    }
  }

  @Test func `a role path with special characters stays one role in the session policy`() {
    let policy = SessionPolicy.assuming(UserARN(stored: "arn:aws:iam::111122223333:role/a*b?c$d/name"))
    #expect(policy.contains("arn:aws:iam::111122223333:role/a${*}b${?}c${$}d/name"))
  }

  private static func form(_ request: AWSRequest) throws -> [String: String] {
    let pairs = String(decoding: request.body, as: UTF8.self).split(separator: "&").map { $0.split(separator: "=") }
    return Dictionary(
      uniqueKeysWithValues: try pairs.map { pair in
        (String(pair[0]), try #require(PercentEncoding.decode(pair[1].utf8, .plus)))
      })
  }
}
