import AWSPolicy
import Foundation
import JSON
import Registry
import RegistryTestSupport
import Testing

struct DocumentTests {
  let connector = ConnectorIdentity()

  static func fixture(_ name: String) throws -> String {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try String(contentsOf: folder.appending(path: "Fixtures/\(name)"), encoding: .utf8)
  }

  @Test
  func `the trust policy has the article's form`() throws {
    let icc = sampleICC()
    let text = icc.trustPolicy(connector).documentText
    let expected = try Self.fixture("article-trust-policy.json")
      .replacing("Your Session Name", with: icc.sessionName.text)
      .replacing(ExternalID.sample.hex, with: icc.externalID.hex)
    #expect(text.filter { !$0.isWhitespace } == expected.filter { !$0.isWhitespace })
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 18 && lines.last == "")
    #expect(lines[6].contains(icc.principal(connector)))
    #expect(
      lines.dropLast().map { $0.trimmingCharacters(in: .whitespaces) }
        == expected.split(separator: "\n").map(String.init))
  }

  @Test
  func `a pending rotation lists both external IDs`() {
    let icc = sampleICC(pending: 0xCD)
    let ids = icc.trustPolicy(connector)["Statement"]?[0]?["Condition"]?["StringEquals"]?["sts:ExternalId"]
    #expect(ids == [.string(String(repeating: "ab", count: 32)), .string(String(repeating: "cd", count: 32))])
  }

  @Test(arguments: awkwardPrefixes, [nil, sampleKey])
  func `both writers of a document agree`(_ prefix: String, _ key: String?) {
    for style in [JSONWriter.Style.compact, .pretty] {
      for pending in [nil, 7 as UInt8] {
        let icc = sampleICC(prefix: prefix, key: key, pending: pending)
        var trust = JSONWriter(style)
        icc.writeTrustPolicy(to: &trust, connector)
        #expect(trust.text == icc.trustPolicy(connector).text(style))
        var permission = JSONWriter(style)
        icc.writePermissionPolicy(to: &permission, connector)
        #expect(permission.text == icc.permissionPolicy(connector).text(style))
      }
    }
  }

  @Test(arguments: awkwardPrefixes)
  func `the grant covers the prefix only`(_ prefix: String) throws {
    let policy = sampleICC(prefix: prefix, key: sampleKey).permissionPolicy(connector)
    let objects = try #require(policy["Statement"]?[1]?["Resource"]?.stringValue)
    let pattern = PolicyPattern(objects)
    #expect(!pattern.hasVariable)
    let base = "arn:aws:s3:::acme-data/"
    for tail in ["", "a.csv", "sub/a.csv"] { #expect(pattern.matches(base + prefix + tail)) }
    let isLiteral = prefix.unicodeScalars.allSatisfy(PolicyVariable.isStorable)
    for (index, scalar) in prefix.unicodeScalars.enumerated() where isLiteral && index < 40 {
      var other = Array(prefix.unicodeScalars)
      other[index] = scalar == "x" ? "y" : "x"
      #expect(!pattern.matches(base + String(String.UnicodeScalarView(other)) + "a.csv"))
      other.remove(at: index)
      let shorter = String(String.UnicodeScalarView(other))
      if !(shorter + "q").utf8.starts(with: prefix.utf8) { #expect(!pattern.matches(base + shorter + "q")) }
    }
    #expect(!pattern.matches("arn:aws:s3:::acme-datb/" + prefix))
    let listed = policy["Statement"]?[0]?["Condition"]?["StringLike"]?["s3:prefix"]?.stringValue
    #expect(listed == (prefix.isEmpty ? nil : String(objects.dropFirst(base.count))))
  }

  @Test(arguments: awkwardPrefixes)
  func `the sizes of documents are within AWS's limits`(_ prefix: String) throws {
    let role =
      "arn:aws:iam::111122223333:role/" + String(repeating: "p", count: 510) + "/" + String(repeating: "n", count: 64)
    let longKey = "arn:aws:kms:us-gov-west-1:111122223333:key/" + String(repeating: "a", count: 128)
    let icc = sampleICC(
      userARN: role, session: String(repeating: "s", count: 64), bucket: String(repeating: "b", count: 63),
      prefix: prefix, key: longKey, pending: 1)
    let connector = ConnectorIdentity(
      partition: "aws-us-gov", accountID: "134928160093", roleName: String(repeating: "r", count: 64))
    #expect(PolicySizeLimit.size(of: icc.trustPolicy(connector)) <= PolicySizeLimit.trustPolicy)
    #expect(PolicySizeLimit.size(of: icc.permissionPolicy(connector)) <= PolicySizeLimit.inlinePolicies)
    let bucket = try #require(icc.bucketPolicy(connector))
    #expect(bucket.bytes().count <= PolicySizeLimit.bucketPolicy)
    let key = try #require(icc.keyPolicy(connector))
    #expect(key.bytes().count <= PolicySizeLimit.keyPolicy)
    for document in [icc.permissionPolicy(connector), bucket] {
      #expect(document.text().unicodeScalars.allSatisfy(PolicyVariable.isStorable))
    }
  }

  @Test func `the bucket policy only allows, with Sids from the ICC`() throws {
    let icc = sampleICC()
    let statements = try #require(icc.bucketPolicy(connector)?["Statement"]?.arrayValue)
    let role: JSONValue = "arn:aws:iam::111122223333:role/infosum-import"
    #expect(statements.count == 2)
    for statement in statements {
      #expect(statement["Effect"] == "Allow" && statement["Principal"] == ["AWS": role])
      #expect(statement["Sid"]?.stringValue?.hasSuffix("01JDC0000000000000000000AA") == true)
    }
    #expect(statements[1]["Resource"] == "arn:aws:s3:::acme-data/exports/*")
    #expect(icc.bucketPolicyException == ["ArnNotEquals": ["aws:PrincipalArn": role]])
    #expect(sampleICC(userARN: nil).bucketPolicy(connector) == nil)
    #expect(sampleICC(userARN: nil).bucketPolicyException == nil)
  }

  @Test
  func `the key policy statement names the role and the key`() {
    #expect(sampleICC().keyPolicy(connector) == nil)
    #expect(sampleICC(userARN: nil, key: sampleKey).keyPolicy(connector) == nil)
    #expect(sampleICC(key: sampleKey).keyPolicy(connector)?["Statement"]?[0]?["Action"] == "kms:Decrypt")
  }
}

struct MergedTrustPolicyTests {
  let connector = ConnectorIdentity()

  /// Ten ICCs of two sessions, in an order that is not that of their IDs.
  static let many = [3, 9, 0, 7, 1, 5, 8, 2, 6, 4].map { number in
    sampleICC(
      id: "icc_01jdc0000000000000000000a\(number)", session: number % 2 == 0 ? "even" : "odd", externalID: UInt8(number)
    )
  }

  private func ids(_ merged: MergedTrustPolicy) -> [[JSONValue]] {
    (merged.document["Statement"]?.arrayValue ?? []).map { statement in
      let value = statement["Condition"]?["StringEquals"]?["sts:ExternalId"]
      return value?.arrayValue ?? value.map { [$0] } ?? []
    }
  }

  @Test func `each ICC has a statement, in the order of the IDs`() {
    let iccs = Array(Self.many.prefix(4))
    let merged = MergedTrustPolicy(iccs, connector)
    #expect(ids(merged) == [0, 3, 7, 9].map { [.string(String(repeating: "0\($0)", count: 32))] })
    #expect(merged.document == MergedTrustPolicy(iccs.reversed(), connector).document)
    #expect(merged.fits && merged.warnings.isEmpty)
    #expect(MergedTrustPolicy([iccs[0]], connector).document == iccs[0].trustPolicy(connector))
  }

  @Test func `ICCs of one session share a statement if the policy would be too long`() {
    let merged = MergedTrustPolicy(Self.many, connector)
    #expect(ids(merged).map(\.count) == [5, 5] && merged.fits)
    #expect(Set(ids(merged).joined().compactMap(\.stringValue)).count == 10)
  }

  @Test(arguments: [(7, true), (8, false)])
  func `a warning tells a policy near AWS's limit`(_ count: Int, _ fits: Bool) {
    let iccs = (0..<count).map { sampleICC(session: "acme-import-\($0)", externalID: UInt8($0)) }
    let merged = MergedTrustPolicy(iccs, connector)
    #expect(merged.fits == fits, "\(merged.characters)")
    #expect(merged.warnings.map(\.code) == (fits ? [] : ["trust-policy.too-long"]))
    #expect(merged.characters == merged.document.text().filter { !$0.isWhitespace }.count)
  }
}

struct WarningTests {
  static let rows: [(ICC, [String])] = [
    (sampleICC(), []),
    (sampleICC(prefix: ""), []),
    (sampleICC(prefix: "exports"), ["prefix.no-trailing-slash"]),
    (sampleICC(prefix: "exports/*"), ["prefix.wildcard-character"]),
    (sampleICC(prefix: "my%20exports%2F2026%2F"), ["prefix.url-encoded"]),
    (sampleICC(prefix: "100%/"), []), (sampleICC(prefix: "50%ff/"), []),
    (sampleICC(prefix: "year=!{timestamp:yyyy}/"), ["prefix.expression"]), (sampleICC(prefix: "wow!/"), []),
    (sampleICC(bucket: "acme-111122223333-eu-west-1-an"), []),
    (sampleICC(bucket: "acme-999988887777-eu-west-1-an"), ["bucket-name.other-account"]),
    (sampleICC(userARN: nil, bucket: "acme-999988887777-eu-west-1-an"), []),
    (sampleICC(name: "\u{410}cme"), ["name.look-alike"]), (sampleICC(name: "Acme \u{410}\u{43A}\u{43C}\u{435}"), []),
    (sampleICC(name: "I\u{15F}\u{131}k Ltd"), []),
    (sampleICC(prefix: " a/"), ["prefix.outer-space"]),
    (sampleICC(prefix: "acme-data/exports/"), ["prefix.repeats-bucket"]),
    (sampleICC(prefix: "é/"), []),
    (sampleICC(prefix: "日/"), ["prefix.not-literal-in-policy"]),
    (sampleICC(prefix: "a\u{200B}/"), ["prefix.invisible-character", "prefix.not-literal-in-policy"]),
    (sampleICC(prefix: "a\u{A0}/"), ["prefix.invisible-character"]),
    (sampleICC(bucket: "acme.data"), ["bucket-name.dots"]),
    (sampleICC(key: sampleKey), []),
    (sampleICC(key: "arn:aws:kms:eu-west-1:111122223333:key/1234"), ["kms-key-arn.unusual-id"]),
    (sampleICC(userARN: "arn:aws:iam::000000000001:role/a", key: sampleKey), ["kms-key-arn.other-account"]),
    (sampleICC(name: "Ac\u{200B}me"), ["name.invisible-character"]),
  ]

  @Test(arguments: rows)
  func `a doubtful value has its warning`(_ icc: ICC, _ codes: [String]) {
    #expect(icc.warnings(ConnectorIdentity()).map(\.code) == codes)
  }
}
