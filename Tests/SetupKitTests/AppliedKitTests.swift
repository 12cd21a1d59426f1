import AWSPolicy
import JSON
import PolicyCheck
import Registry
import RegistryTestSupport
import SetupKit
import TestSupport
import Testing

/// A customer's account to which kits are applied, as the script and the guide say: the trust
/// policy's statements of others stay, an inline policy is replaced by its name, and statements of
/// the bucket's and the key's policy by their Sid.
private struct Account: Equatable {
  static let lambda: JSONValue = [
    "Effect": "Allow", "Principal": ["Service": "lambda.amazonaws.com"], "Action": "sts:AssumeRole",
  ]
  static let ownAccount: JSONValue = [
    "Sid": "Enable", "Effect": "Allow", "Principal": ["AWS": "arn:aws:iam::111122223333:root"], "Action": "kms:*",
    "Resource": "*",
  ]

  var trust = [lambda]
  var inline: [String: JSONValue] = [:]
  var buckets: [String: [JSONValue]] = [:]
  var keys: [String: [JSONValue]] = [:]

  mutating func apply(_ kit: ICCSetupKit, of icc: ICC, covering iccs: [ICC], _ connector: ConnectorIdentity) throws {
    let documents = try Self.documents(kit)
    let statements = try #require(documents["trust-policy.json"]?["Statement"]?.arrayValue)
    let principals = Set(iccs.map { $0.principal(connector) })
    let ids = Set(iccs.flatMap(\.acceptedExternalIDs).map(\.hex))
    if !statements.allSatisfy(trust.contains) {
      trust.removeAll { statement in
        guard let principal = statement["Principal"]?["AWS"]?.stringValue, principals.contains(principal) else {
          return false
        }
        let written = statement["Condition"]?["StringEquals"]?["sts:ExternalId"]
        return (written?.arrayValue ?? [written].compactMap(\.self)).compactMap(\.stringValue).allSatisfy(ids.contains)
      }
      trust += statements
    }
    inline[kit.policyName] = documents["permission-policy.json"]
    Self.merge(documents["bucket-policy.json"], into: &buckets[icc.bucketName.text, default: []])
    if let key = icc.kmsKeyARN {
      Self.merge(documents["key-policy.json"], into: &keys[key.text, default: [Self.ownAccount]])
    }
  }

  private static func merge(_ document: JSONValue?, into statements: inout [JSONValue]) {
    for statement in document?["Statement"]?.arrayValue ?? [] {
      statements.removeAll { $0["Sid"] != nil && $0["Sid"] == statement["Sid"] }
      statements.append(statement)
    }
  }

  /// The documents that the guide shows, by the names of their files.
  private static func documents(_ kit: ICCSetupKit) throws -> [String: JSONValue] {
    var result: [String: JSONValue] = [:]
    for block in kit.guideJSON["blocks"]?.arrayValue ?? [] {
      guard let file = block["file"]?.stringValue, file.hasSuffix(".json"), let text = block["content"]?.stringValue
      else { continue }
      result[file] = try JSONValue(parsing: text)
    }
    return result
  }

  func document(_ statements: [JSONValue]) -> JSONValue {
    ["Version": "2012-10-17", "Statement": .array(statements)]
  }

  /// All inline policies of the role as one: IAM evaluates them together.
  var permissions: JSONValue {
    document(inline.sorted { $0.key < $1.key }.flatMap { $0.value["Statement"]?.arrayValue ?? [] })
  }
}

/// I5: kits applied one after the other, in any order and twice, leave all ICCs working and nothing
/// stored twice.
struct AppliedKitTests {
  private let connector = ConnectorIdentity()
  private static let role = "arn:aws:iam::111122223333:role/infosum-import"
  private static let prefixes =
    ["", "exports/", "exports/", "exports", "other/"] + awkwardPrefixes.filter { (1...60).contains($0.utf8.count) }

  private struct Maker {
    var random: SplitMix

    mutating func pick<Element>(_ elements: [Element]) -> Element {
      elements[Int(random.next() % UInt64(elements.count))]
    }

    mutating func iccs() -> [ICC] {
      let letters = Array("0123456789abcdefghjkmnpqrstvwxyz")
      return (0..<(2 + Int(random.next() % 2))).map { index in
        let end = String((0..<10).map { _ in pick(letters) })
        return sampleICC(
          id: "icc_01jdc00000000000\(end)", userARN: role, session: pick(["acme-import", "second", "third"]),
          bucket: pick(["acme-data", "acme-data", "acme-more"]), prefix: pick(prefixes),
          filenames: pick([
            [], ["*.csv"], ["*.parquet", "2026/a?.csv"], [pick(awkwardFilenames), pick(awkwardFilenames)],
          ]),
          key: pick([nil, sampleKey, sampleKey.replacing("1234abcd", with: "5678abcd")]), externalID: UInt8(index + 1),
          pending: pick([nil, nil, UInt8(index + 100)]))
      }
    }
  }

  private func subject(_ icc: ICC, among iccs: [ICC]) -> PolicyCheckSubject {
    var subject = PolicyCheckSubject(icc, connector: connector, now: Timestamp(milliseconds: 1_795_392_000_000))
    subject.siblings = iccs.filter { $0.id != icc.id }.map(PolicyCheckSubject.Sibling.init)
    return subject
  }

  private func expectWorking(_ account: Account, _ iccs: [ICC], _ story: String) {
    for icc in iccs {
      let key = icc.kmsKeyARN.flatMap { account.keys[$0.text] }.map { PolicyInput.document(account.document($0)) }
      let result = PolicyChecker.check(
        trust: .document(account.document(account.trust)), permission: .document(account.permissions),
        bucket: .document(account.document(account.buckets[icc.bucketName.text] ?? [])), key: key,
        against: subject(icc, among: iccs))
      let parts = [result.trustPolicy, result.permissionPolicy, result.bucketPolicy, result.keyPolicy]
      let codes = parts.compactMap { $0 }.flatMap { $0.findings.filter { $0.severity != .info }.map(\.code.text) }
      #expect(result.verdict == .works, "\(story) \(icc.id): \(codes)")
      #expect(result.trustPolicy?.siblings?.allSatisfy(\.isServed) == true, "\(story)")
    }
  }

  private func expectNothingTwice(_ account: Account, _ iccs: [ICC], _ story: String) {
    #expect(account.trust.first == Account.lambda && account.trust.count == iccs.count + 1, "\(story)")
    #expect(account.inline.count == iccs.count, "\(story)")
    for statements in Array(account.buckets.values) + Array(account.keys.values) {
      let sids = statements.compactMap { $0["Sid"]?.stringValue }
      #expect(sids.count == statements.count && Set(sids).count == sids.count, "\(story)")
    }
    #expect(account.buckets.values.joined().count == 2 * iccs.count, "\(story)")
    let keys = iccs.compactMap(\.kmsKeyARN)
    #expect(account.keys.values.joined().count == keys.count + Set(keys).count, "\(story)")
  }

  @Test(arguments: 0..<Deep.count(60, deep: 180))
  func `kits in any order and twice leave all ICCs working`(_ seed: Int) throws {
    var maker = Maker(random: SplitMix(state: UInt64(seed) &* 15_485_863 &+ 3))
    let iccs = maker.iccs()
    // A kit may be older than the registry's knowledge that others use the role.
    let known = iccs.map { icc in maker.pick([[icc], iccs]) }
    for turn in iccs.indices {
      let order = Array(turn..<iccs.count) + Array(0..<turn)
      for order in [order, order.reversed()] {
        let story = "seed \(seed), order \(order)"
        var account = Account()
        for index in order {
          let kit = ICCSetupKit(iccs[index], connector, sharingRoleWith: known[index])
          try account.apply(kit, of: iccs[index], covering: known[index], connector)
        }
        expectWorking(account, iccs, story)
        expectNothingTwice(account, iccs, story)
        let once = account
        for index in order {
          let kit = ICCSetupKit(iccs[index], connector, sharingRoleWith: known[index])
          try account.apply(kit, of: iccs[index], covering: known[index], connector)
        }
        #expect(Set(account.trust.map { $0.text() }) == Set(once.trust.map { $0.text() }), "\(story)")
        #expect(account.inline == once.inline, "\(story)")
        expectWorking(account, iccs, story)
        expectNothingTwice(account, iccs, story)
      }
    }
  }

  @Test func `Sids and the name of the policy contain the ICC's ID`() throws {
    let icc = sampleICC(key: sampleKey)
    let end = try #require(icc.id.text.split(separator: "_").last).uppercased()
    #expect(ICCSetupKit(icc, connector).policyName.hasSuffix(icc.id.text))
    let documents = [icc.bucketPolicy(connector), icc.keyPolicy(connector)].compactMap { $0?["Statement"]?.arrayValue }
    #expect(documents.joined().count == 3)
    for statement in documents.joined() { #expect(statement["Sid"]?.stringValue?.hasSuffix(end) == true) }
  }
}
