import AWSPolicy
import JSON
import PolicyCheck
import Registry
import TestSupport
import Testing

/// Policies that are shared: others' statements are next to InfoSum's, which are wrong in the ways
/// that people are wrong. Whatever is corrected, no one else loses or gains access.
@Suite struct HarmPropertyTests {
  /// A caller that has nothing to do with the ICC, and its request.
  struct Caller: Sendable {
    var name: String
    var request: PolicyRequest
  }

  static func caller(_ account: String, _ role: String, session: String = "s") -> RequestPrincipal {
    RequestPrincipal(
      partition: "aws", account: account, roleARN: "arn:aws:iam::\(account):role/\(role)",
      sessionARN: "arn:aws:sts::\(account):assumed-role/\(role)/\(session)")
  }

  static func context(_ values: [String: String]) -> RequestContext {
    var context = RequestContext(otherKeys: .absent)
    for (key, value) in values { context[key] = .value(value) }
    return context
  }

  static func assume(_ name: String, _ principal: RequestPrincipal, _ values: [String: String] = [:]) -> Caller {
    Caller(
      name: name,
      request: PolicyRequest(principal: principal, action: "sts:AssumeRole", context: context(values)))
  }

  static let connector = "134928160093"

  static let assuming = [
    assume(
      "another ICC", caller(connector, "InfoSumImportConnector", session: "other-import"),
      ["sts:ExternalId": CheckSample.other]),
    assume(
      "another ICC without an ID", caller(connector, "InfoSumImportConnector", session: "other-import")),
    assume("a vendor", caller("999988887777", "vendor"), ["sts:ExternalId": "vendor-id"]),
    assume("a vendor without an ID", caller("999988887777", "vendor")),
    assume("a stranger", caller("555566667777", "any")),
    assume("a stranger with the ICC's ID", caller("555566667777", "any"), ["sts:ExternalId": CheckSample.id]),
    assume("an administrator", caller("111122223333", "admin"), ["aws:MultiFactorAuthPresent": "true"]),
    assume("an administrator without MFA", caller("111122223333", "admin"), ["aws:MultiFactorAuthPresent": "false"]),
  ]

  static func storage(
    _ name: String, _ principal: RequestPrincipal, _ action: String, _ resource: String, prefix: String = "other/"
  ) -> Caller {
    Caller(
      name: name,
      request: PolicyRequest(
        principal: principal, action: action, resource: "arn:aws:s3:::" + resource,
        context: context(["aws:SecureTransport": "true", "aws:SourceIp": "192.0.2.7", "s3:prefix": prefix])))
  }

  /// Requests of the role itself that are not this import's: those of another ICC with another
  /// prefix are among them.
  static let working = [
    ("s3:ListBucket", "acme-data"), ("s3:GetObject", "acme-data/team-a/x"), ("s3:PutObject", "acme-data/team-a/x"),
    ("s3:GetObject", "elsewhere/a"), ("s3:ListBucket", "elsewhere"), ("s3:GetObject", "acme/exports/a"),
    ("s3:PutObject", "acme-data/exports/a"), ("s3:DeleteObject", "acme-data/x"), ("s3:GetObject", "acme-data/other/a"),
    ("s3:GetBucketAcl", "acme-data"), ("s3:GetObjectVersion", "acme-data/exports/a"),
  ].map { storage("the role: \($0) on \($1)", caller("111122223333", "infosum-import"), $0, $1, prefix: "team-a/") }

  /// Requests for files under the ICC's prefix with other names: those of another ICC among them.
  static let readingOtherFiles = ["sibling.parquet", "2026/", "2026/private.key", "x.csv.gpg"].map { name in
    storage(
      "the role: \(name)", caller("111122223333", "infosum-import"), "s3:GetObject", "acme-data/exports/" + name)
  }

  static let reading = [
    storage("a partner", caller("999988887777", "vendor"), "s3:GetObject", "acme-data/exports/a"),
    storage("a stranger", caller("555566667777", "any"), "s3:GetObject", "acme-data/exports/a"),
    storage("an administrator", caller("111122223333", "admin"), "s3:PutObject", "acme-data/exports/a"),
    storage("another role", caller("111122223333", "job"), "s3:ListBucket", "acme-data"),
  ]

  static func document(_ statements: [JSONValue]) -> JSONValue {
    ["Version": .string(PolicyDocument.version), "Statement": .array(statements)]
  }

  static func answers(_ document: JSONValue, _ kind: PolicyKind, _ callers: [Caller]) -> [PolicyDecision.Answer] {
    let policy = PolicyParser.parse(document, as: kind).policy
    return callers.map { PolicyEvaluator.evaluate(policy, $0.request).answer }
  }

  /// Others' statements for each kind, added to those of `PolicyMaker`.
  static let shared: [CheckedKind: [String]] = [
    .trust: [
      #"{"Sid":"SID","Effect":"Allow","Principal":{"AWS":"arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/other-import"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"\#(CheckSample.other)"}}}"#,
      #"{"Sid":"SID","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::999988887777:role/vendor"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"vendor-id"}}}"#,
      #"{"Sid":"SID","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/admin"},"Action":"sts:AssumeRole"}"#,
    ],
    .permission: [
      #"{"Sid":"SID","Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::acme-data"}"#,
      #"{"Sid":"SID","Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::acme-data/*"}"#,
      #"{"Sid":"SID","Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::acme-data","Condition":{"StringLike":{"s3:prefix":"team-a/*"}}}"#,
      #"{"Sid":"SID","Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::acme-data/team-a/*"}"#,
      #"{"Sid":"SID","Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::acme","arn:aws:s3:::acme/*"]}"#,
      #"{"Sid":"SID","Effect":"Allow","Action":["s3:GetObject","s3:GetObjectTagging"],"Resource":["arn:aws:s3:::acme-data/exports/*/","arn:aws:s3:::acme-data/exports/*.parquet"]}"#,
    ],
    .bucket: [
      #"{"Sid":"SID","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::999988887777:role/vendor"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::acme-data/*"}"#,
      #"{"Sid":"SID","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/job"},"Action":"s3:ListBucket","Resource":"arn:aws:s3:::acme-data"}"#,
      #"{"Sid":"SID","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::acme-data","arn:aws:s3:::acme-data/*"],"Condition":{"StringNotEquals":{"aws:PrincipalAccount":["111122223333","999988887777"]}}}"#,
    ],
  ]

  @Test(arguments: CheckedKind.allCases, 0..<Deep.count(8, deep: 24))
  func `a correction does not change the access of others`(_ kind: CheckedKind, _ seed: Int) throws {
    var maker = PolicyMaker(random: SplitMix(state: UInt64(seed) &* 104_729 &+ 1))
    let usual = [CheckedKind.trust: Self.assuming, .permission: Self.working, .bucket: Self.reading][kind] ?? []
    let policyKind = [CheckedKind.trust: PolicyKind.trust, .permission: .identity, .bucket: .bucket][kind] ?? .trust
    var corrections = 0
    for round in 0..<80 {
      let filenames = maker.pick([[], ["*.csv"], ["*.csv", "a$?.json", "orders/*"]])
      let subject = try CheckSample.subject(filenames: filenames)
      let callers = usual + (kind == .permission && !filenames.isEmpty ? Self.readingOtherFiles : [])
      let own = try JSONValue(parsing: maker.document(kind).text)
      let others = try (0...1).map { index in
        try JSONValue(parsing: maker.pick(Self.shared[kind] ?? []).replacing("SID", with: "Shared\(index)"))
      }
      let statements = (own["Statement"]?.arrayValue ?? []) + others
      let given = Self.document(statements)
      let part = try kind.check(given.text(), subject)
      guard let corrected = part.corrected else { continue }
      corrections += 1
      let entitled = Set(
        zip(callers, Self.answers(Self.document(others), policyKind, callers))
          .filter { $1 == .allow }.map(\.0.name))
      let repaired = PolicyRepairer.repair(given, as: policyKind)
      let before = Self.answers(repaired, policyKind, callers)
      let after = Self.answers(corrected, policyKind, callers)
      for (caller, (before, after)) in zip(callers, zip(before, after)) {
        let story = "round \(round), \(caller.name): \(given.text()) became \(corrected.text())"
        // A statement that was meant for InfoSum and lets others in is what the correction closes.
        let isEntitled = kind != .trust || entitled.contains(caller.name)
        if before == .allow, isEntitled { #expect(after == .allow, "loses: \(story)") }
        if before == .deny, !Self.mayFollowException(given, caller) { #expect(after != .allow, "gains: \(story)") }
      }
      let kept = Set((corrected["Statement"]?.arrayValue ?? []).map { $0.text() })
      for other in others where other["Effect"] == "Allow" { #expect(kept.contains(other.text()), "round \(round)") }
    }
    #expect(corrections > 10)
  }

  /// A sibling's ICC with the same bucket and prefix: its filenames are a statement of the same form.
  @Test(arguments: [["*.csv"], ["*.csv", "orders/??.json"], ["*/"], ["**"], ["2026/*"]])
  func `a correction adds exactly the filenames, and a sibling keeps its own`(_ filenames: [String]) throws {
    let subject = try CheckSample.subject(filenames: filenames)
    let own = S3ReadGrant(partition: "aws", bucket: "acme-data", prefix: "exports/", filenames: filenames)
    for others in [["*.parquet"], ["*/", "a.json"], ["sibling*"]] {
      let sibling = S3ReadGrant(partition: "aws", bucket: "acme-data", prefix: "exports/", filenames: others)
      let part = try CheckedKind.permission.check(sibling.permissionPolicy.text, subject)
      guard part.verdict == .blocked else {
        #expect(part.verdict == .works && Set(own.objectARNs).isSubset(of: sibling.objectARNs))
        continue
      }
      let corrected = try #require(part.corrected)
      let statements = corrected["Statement"]?.arrayValue ?? []
      let reading = statements.filter { $0["Action"] == "s3:GetObject" }
      let resources = reading.flatMap { $0["Resource"]?.arrayValue ?? [$0["Resource"]].compactMap(\.self) }
      #expect(Set(resources.compactMap(\.stringValue)) == Set(own.objectARNs + sibling.objectARNs))
      #expect(try CheckedKind.permission.check(corrected.text(), subject).verdict == .works)
    }
  }

  /// A Deny of reading, on all objects of the ICC's bucket, has no exception that is as narrow as the
  /// prefix or the two actions: IAM has no element for it.
  private static func mayFollowException(_ document: JSONValue, _ caller: Caller) -> Bool {
    let isDenied = document["Statement"]?.arrayValue?.contains { $0["Effect"] == "Deny" } == true
    return isDenied && caller.request.action.hasPrefix("s3:Get")
      && caller.request.resource?.hasPrefix("arn:aws:s3:::acme-data") == true
  }
}
