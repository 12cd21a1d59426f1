import AWSPolicy
import TestSupport
import Testing

/// The three places that read a filename's wildcards: the matcher, the policy with its evaluator,
/// and a reference that is written without either.
@Suite struct ObjectKeyPatternTests {
  /// Patterns and keys over few characters, so that many of them match.
  struct Maker {
    var random: SplitMix

    mutating func text(_ alphabet: [String], _ maxCount: UInt64) -> String {
      (0..<random.next() % maxCount).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] }.joined()
    }

    mutating func pattern() -> ObjectKeyPattern {
      ObjectKeyPattern(
        prefix: text(["a", "/", "*", "?", "$", "{", "}", "é"], 5),
        filename: text(["a", "b", "/", ".", "*", "*", "?", "$", "{", "}", "é", "${*}"], 8))
    }

    mutating func key(_ pattern: ObjectKeyPattern) -> String {
      let parts = ["a", "b", "/", ".", "*", "?", "$", "{", "}", "é"]
      switch random.next() % 3 {
      case 0: return pattern.key(replacingRunsWith: text(parts, 4))
      case 1: return pattern.prefix + text(parts, 8)
      default: return pattern.key(replacingRunsWith: text(parts, 3)) + text(parts, 2)
      }
    }
  }

  private static func reference(_ pattern: [Unicode.Scalar], _ text: [Unicode.Scalar]) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    if first == "*" { return (0...text.count).contains { reference(Array(pattern.dropFirst()), Array(text[$0...])) } }
    guard let next = text.first, first == "?" || first == next else { return false }
    return reference(Array(pattern.dropFirst()), Array(text.dropFirst()))
  }

  private static func evaluator(_ pattern: ObjectKeyPattern, _ key: String) -> Bool {
    let grant = S3ReadGrant(partition: "aws", bucket: "acme", prefix: pattern.prefix, filenames: [pattern.filename])
    let policy = PolicyParser.parse(grant.permissionPolicy.json, as: .identity).policy
    let request = PolicyRequest(
      principal: RequestPrincipal(partition: "aws", account: "111122223333", roleARN: "r", sessionARN: "s"),
      action: "s3:GetObject", resource: "arn:aws:s3:::acme/" + key, context: RequestContext(otherKeys: .absent))
    return PolicyEvaluator.evaluate(policy, request).answer == .allow
  }

  @Test(arguments: 0..<20) func `matcher, policy and reference agree on generated keys`(_ seed: Int) {
    var maker = Maker(random: SplitMix(state: UInt64(seed) &* 7_919 &+ 5))
    var matches = 0
    for _ in 0..<300 {
      let pattern = maker.pattern()
      let key = maker.key(pattern)
      let scalars = Array(key.unicodeScalars)
      let prefix = Array(pattern.prefix.unicodeScalars)
      let isMatch =
        scalars.starts(with: prefix)
        && Self.reference(Array(pattern.filename.unicodeScalars), Array(scalars.dropFirst(prefix.count)))
      #expect(pattern.matches(key) == isMatch, "\(pattern) on \(key)")
      #expect(Self.evaluator(pattern, key) == isMatch, "\(pattern) on \(key)")
      matches += isMatch ? 1 : 0
    }
    #expect(matches > 60 && matches < 290)
  }

  @Test(arguments: [
    ("exports/", "*.csv", "exports/"), ("exports/", "2026/a?.csv", "exports/2026/a"), ("a*", "b", "a*b"), ("", "?", ""),
  ]) func `the literal start ends before the first wildcard`(prefix: String, filename: String, start: String) {
    let pattern = ObjectKeyPattern(prefix: prefix, filename: filename)
    #expect(pattern.literalStart == start)
    #expect(pattern.key(replacingRunsWith: "x").hasPrefix(start))
    #expect(pattern.isLiteral == (filename == "b"))
  }

  @Test func `an exhausted budget matches nothing`() {
    let budget = StepBudget(limit: 2)
    let pattern = ObjectKeyPattern(prefix: "", filename: "abc*")
    #expect(pattern.matches("abcd", budget))
    #expect(!pattern.matches("abcd", budget))
  }

  @Test func `filenames narrow the objects and the encryption context`() {
    let key = "arn:aws:kms:eu-west-1:111122223333:key/1"
    let grant = S3ReadGrant(
      partition: "aws", bucket: "acme", prefix: "a*/", filenames: ["*.csv", "b?$.txt", "*.csv"], kmsKeyARN: key)
    let objects = ["arn:aws:s3:::acme/a${*}/*.csv", "arn:aws:s3:::acme/a${*}/b?${$}.txt"]
    #expect(grant.objectARNs == objects)
    #expect(grant.permissionPolicy.statements.map(\.resources) == [["arn:aws:s3:::acme"], objects, [key]])
    #expect(grant.keyConditions.last?.values == ["arn:aws:s3:::acme"] + objects)
    #expect(grant.listing().conditions.first?.values == ["a${*}/*"])
    let beyondASCII = S3ReadGrant(
      partition: "aws", bucket: "acme", prefix: "", filenames: ["é*"], kmsKeyARN: key)
    #expect(beyondASCII.keyConditions.last?.values == ["arn:aws:s3:::acme", "arn:aws:s3:::acme/*"])
  }
}
