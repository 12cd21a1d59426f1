import Testing
import Text

@testable import AWSClient
@testable import Registry
@testable import Verifier

/// The verification of an ICC with filenames.
@Suite struct FilenameProbeTests {
  private static func icc(_ filenames: [String]) -> ICC {
    var icc = Sample.icc()
    icc.filenames = Filenames(stored: filenames)
    return icc
  }

  /// An S3 that lists these keys, a page at a time, as S3 does: in order, by prefix and start.
  private static func bucket(_ keys: [String], page: Int = 100) -> ScriptedAWS {
    let aws = ScriptedAWS()
    aws.listing = { request in
      func value(_ name: String) -> String { request.query.first { $0.name == name }?.value ?? "" }
      let found = keys.sorted().filter { $0.hasPrefix(value("prefix")) && $0 > value("start-after") }.prefix(page)
      return ScriptedAWS.listing(found.map { ScriptedAWS.item($0) }.joined())
    }
    return aws
  }

  private static func read(_ aws: ScriptedAWS) -> [String] {
    aws.asked.filter { $0.method == "GET" && $0.query.isEmpty }.map(\.path)
  }

  @Test func `one object of each filename is read`() throws {
    let aws = Self.bucket(["exports/a.txt", "exports/b.csv", "exports/c.csv", "exports/d/e.json"])
    let verification = try Sample.verify(Self.icc(["*.csv", "d/?.json", "no.xml"]), over: aws)
    #expect(verification.verdict == .verified)
    #expect(Self.read(aws) == ["/acme-data/exports/b.csv", "/acme-data/exports/d/e.json"])
    let detail = try #require(verification.checks.last?.detail)
    #expect(detail.contains("the filenames “*.csv”, “d/?.json”. No object was found for the filename “no.xml”."))
  }

  @Test func `at most five objects are read`() throws {
    let aws = Self.bucket((0..<9).map { "exports/\($0).csv" })
    _ = try Sample.verify(Self.icc((0..<9).map { "\($0).csv" }), over: aws)
    #expect(Self.read(aws).count == 5)
  }

  @Test func `an object beyond the first page is found, within ten listings`() throws {
    let others = (0..<300).map { "exports/a\(1_000 + $0)" }
    let aws = Self.bucket(others + ["exports/z.csv", "exports/zz/1.json"])
    let verification = try Sample.verify(Self.icc(["*.csv", "zz/*"]), over: aws)
    #expect(Set(Self.read(aws)) == ["/acme-data/exports/z.csv", "/acme-data/exports/zz/1.json"])
    #expect(verification.verdict == .verified)
    let large = Self.bucket((0..<3_000).map { "exports/a\(10_000 + $0)" } + ["exports/zz/1.json"])
    let found = try Sample.verify(Self.icc(["zz/*", "*.csv"]), over: large)
    #expect(Self.read(large) == ["/acme-data/exports/zz/1.json"])
    #expect(large.questions.count { $0 == .list } == 11)
    #expect(found.checks.last?.status == .passed)
  }

  @Test func `no object of the filenames is not an error`() throws {
    let verification = try Sample.verify(Self.icc(["*.csv"]), over: Self.bucket(["exports/a.txt"]))
    #expect(verification.checks.last?.status == .skipped)
    #expect(verification.checks.last?.code == "filenames.no-match")
    #expect(verification.verdict == .verified)
    let empty = try Sample.verify(Self.icc(["*.csv"]), over: Self.bucket([]))
    #expect(empty.checks.last?.code == "prefix.empty")
  }

  @Test func `a file that cannot be read is named by its filename`() throws {
    let aws = Self.bucket(["exports/b.csv"])
    aws.reject(.object)
    let verification = try Sample.verify(Self.icc(["*.csv"]), over: aws)
    #expect(verification.verdict == .failing)
    #expect(verification.checks.last?.code == "object.read-denied")
    #expect(verification.checks.last?.detail.hasSuffix("The object matches the filename “*.csv”.") == true)
  }

  @Test func `the session policy is limited to the filenames, if they are short`() throws {
    let narrow = SessionPolicy.reading(Self.icc(["*.csv", "a$"]), in: "aws")
    #expect(
      narrow.contains(
        #"["arn:aws:s3:::acme-data","arn:aws:s3:::acme-data/exports/*.csv","arn:aws:s3:::acme-data/exports/a${$}"]"#))
    let all = SessionPolicy.reading(Self.icc([]), in: "aws")
    #expect(all.contains(#"["arn:aws:s3:::acme-data","arn:aws:s3:::acme-data/*"]"#))
    let long = SessionPolicy.reading(Self.icc((0..<40).map { "orders-of-the-year-\($0).csv" }), in: "aws")
    #expect(long == all)
  }
}
