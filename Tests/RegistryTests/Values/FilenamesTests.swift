import AWSPolicy
import JSON
import Registry
import RegistryTestSupport
import Testing

@Suite struct FilenamesTests {
  private static func errors(_ patterns: [String]) -> [String] {
    do {
      _ = try Filenames(validating: patterns)
      return []
    } catch {
      return error.diagnostics.map { "\($0.pointer) \($0.code)" }
    }
  }

  @Test(
    arguments: [
      ([""], ["/filenames/0 filenames.empty"]),
      (
        ["a", "/b", "c/./d", ".."],
        [
          "/filenames/1 filenames.leading-slash", "/filenames/2 filenames.dot-segment",
          "/filenames/3 filenames.dot-segment",
        ]
      ),
      (["/../a\u{7}"], ["leading-slash", "dot-segment", "control-character"].map { "/filenames/0 filenames.\($0)" }),
      (["a\nb"], ["/filenames/0 filenames.control-character"]),
      ([String(repeating: "é", count: 512)], []),
      ([String(repeating: "é", count: 512) + "x"], ["/filenames/0 filenames.too-long"]),
      ([String(repeating: "x", count: 1_024)], []),
      ([String(repeating: "x", count: 1_025)], ["/filenames/0 filenames.too-long"]),
      (Array(repeating: "a", count: 100), []), (Array(repeating: "/", count: 101), ["/filenames filenames.too-many"]),
      (["s3://acme-data/exports/a.csv"], ["/filenames/0 filenames.is-uri"]),
      (["...", "a..b", ".csv", "a//b", " x ", "*", "?"], []),
    ] as [([String], [String])])
  func `each error has its code and its position`(patterns: [String], expected: [String]) {
    #expect(Self.errors(patterns) == expected)
  }

  @Test func `stored text is read back`() {
    for patterns in [[], awkwardFilenames, ["e\u{301}", "é"]] {
      let filenames = Filenames(stored: patterns)
      #expect(Filenames(storedText: filenames.storedText) == filenames)
    }
    for text in ["", "{}", "[1]", "[", "null"] { #expect(Filenames(storedText: text) == nil) }
  }

  @Test func `differently composed accents differ`() {
    #expect(Filenames(stored: ["é"]) != Filenames(stored: ["e\u{301}"]))
    #expect(Set([Filenames(stored: ["é"]), Filenames(stored: ["e\u{301}"])]).count == 2)
  }

  private static func errors(of icc: ICC) -> [String] {
    do {
      try icc.checkPolicyLengths(ConnectorIdentity())
      return []
    } catch .invalid(let errors) {
      #expect(errors.allSatisfy { $0.pointer == "/filenames" && $0.code == "filenames.policy-too-long" })
      return errors.map(\.detail)
    } catch {
      return ["\(error)"]
    }
  }

  @Test(arguments: [nil, sampleKey])
  func `a permission policy that is one character too long is rejected with the excess`(key: String?) throws {
    let count = key == nil ? 9 : 4
    let names = (0..<count).map { String(repeating: "x", count: 1_000) + "\($0)" }
    func icc(_ last: Int) -> ICC {
      sampleICC(userARN: nil, filenames: names + ["z" + String(repeating: "x", count: last)], key: key)
    }
    let size = { PolicySizeLimit.size(of: icc($0).permissionPolicy(ConnectorIdentity())) }
    // With a key, the conditions on the encryption context contain each filename again.
    let weight = key == nil ? 1 : 2
    let room = (PolicySizeLimit.inlinePolicies - size(0)) / weight
    #expect(Self.errors(of: icc(room)).isEmpty)
    let excess = size(room + 1) - PolicySizeLimit.inlinePolicies
    #expect((1...weight).contains(excess))
    #expect(
      Self.errors(of: icc(room + 1)) == [
        "With these filenames, the permission policy has \(10_240 + excess) characters. That is \(excess) more than "
          + "AWS's limit of 10240."
      ])
  }

  @Test func `a bucket policy is limited in bytes, not in characters`() {
    let icc = sampleICC(filenames: (0..<20).map { String(repeating: "é", count: 510) + "\($0)" })
    let policy = icc.bucketPolicy(ConnectorIdentity())?.text() ?? ""
    let excess = policy.utf8.count - PolicySizeLimit.bucketPolicy
    #expect(excess > 0 && policy.unicodeScalars.count < PolicySizeLimit.bucketPolicy)
    let sentence = "the bucket policy has \(policy.utf8.count) bytes. That is \(excess) more than AWS's limit of 20480."
    #expect(Self.errors(of: icc).contains { $0.contains(sentence) })
    #expect(Self.errors(of: sampleICC(userARN: nil, filenames: icc.filenames.patterns)).count == 1)
  }

  @Test func `the direct writer writes the documents with filenames`() {
    for filenames in [[], ["*.csv"], awkwardFilenames] {
      let icc = sampleICC(filenames: filenames, key: sampleKey)
      var writer = JSONWriter(capacity: 256)
      icc.writePermissionPolicy(to: &writer, ConnectorIdentity())
      #expect(String(decoding: writer.bytes, as: UTF8.self) == icc.permissionPolicy(ConnectorIdentity()).text())
    }
  }

  @Test func `unusual filenames have warnings with their position`() {
    let icc = sampleICC(filenames: ["*.csv", "exports/a.csv", " b", "日*"])
    let found = icc.warnings(ConnectorIdentity()).filter { $0.code.hasPrefix("filenames.") }
    #expect(
      found.map { "\($0.pointer) \($0.code)" } == [
        "/filenames/1 filenames.repeats-prefix", "/filenames/2 filenames.outer-space",
        "/filenames/3 filenames.not-literal-in-policy",
      ])
  }
}
