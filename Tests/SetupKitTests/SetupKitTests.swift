import Foundation
import JSON
import Registry
import RegistryTestSupport
import SetupKit
import Testing

struct SetupKitTests {
  let connector = ConnectorIdentity()

  /// The one member of an object whose name starts with a text.
  private func member(_ start: String, of value: JSONValue?) throws -> JSONValue {
    let found = try #require(value?.objectValue).members.filter { $0.name.hasPrefix(start) }
    try #require(found.count == 1)
    return found[0].value
  }

  @Test(arguments: awkwardPrefixes)
  func `the CloudFormation template contains the exact policies`(_ prefix: String) throws {
    let icc = sampleICC(userARN: nil, prefix: prefix, key: sampleKey, pending: 9)
    let text = ICCSetupKit(icc, connector).text(.cloudformation)
    #expect(text.utf8.allSatisfy { $0 < 0x80 })
    let resources = try JSONValue(parsing: text)["Resources"]
    let role = try member("InfoSumImportRole", of: resources)["Properties"]
    #expect(role?["AssumeRolePolicyDocument"] == icc.trustPolicy(connector))
    let policy = try member("InfoSumImportPolicy", of: resources)["Properties"]
    #expect(policy?["PolicyDocument"] == icc.permissionPolicy(connector))
  }

  @Test(arguments: awkwardPrefixes)
  func `the Terraform here-documents contain the exact policies`(_ prefix: String) throws {
    let icc = sampleICC(prefix: prefix)
    let text = ICCSetupKit(icc, connector).text(.terraform)
    let documents = text.components(separatedBy: "<<POLICY\n").dropFirst().map {
      $0.components(separatedBy: "\nPOLICY\n")[0]
    }
    try #require(documents.count == 2)
    for document in documents {
      for marks in ["$$$", "%%%", "$%", "%$"] { #expect(!document.contains(marks)) }
    }
    let read = documents.map { $0.replacing("$${", with: "${").replacing("%%{", with: "%{") }
    #expect(try JSONValue(parsing: read[0]) == icc.trustPolicy(connector))
    #expect(try JSONValue(parsing: read[1]) == icc.permissionPolicy(connector))
  }

  @Test(arguments: awkwardPrefixes)
  func `a shell reads the script's values unchanged`(_ prefix: String) throws {
    let icc = sampleICC(prefix: prefix, name: "it's $(false) `x`")
    let script = ICCSetupKit(icc, connector).text(.cli)
    let values = script.components(separatedBy: "\nAWS_PAGER=")[0]
    let output = try outputOfShell(values + "\nprintf '%s\\n' \"$permission_policy\"")
    #expect(try JSONValue(parsing: output) == icc.permissionPolicy(connector))
  }

  /// Runs a script. Not by Foundation's `Process`, which now and then reads past a directory entry
  /// and crashes (https://github.com/swiftlang/swift-corelibs-foundation/pull/5472).
  private func outputOfShell(_ script: String) throws -> [UInt8] {
    guard let shell = unsafe popen(script, "r") else { throw CocoaError(.executableLoad) }
    var output: [UInt8] = []
    while case let byte = unsafe fgetc(shell), byte != EOF { output.append(UInt8(byte)) }
    let status = unsafe pclose(shell)
    #expect(status == 0)
    return output
  }

  @Test(arguments: awkwardPrefixes)
  func `the HTML guide contains no markup from values`(_ prefix: String) {
    let kit = ICCSetupKit(sampleICC(prefix: prefix, name: "<script>alert(1)</script>"), connector)
    let page = kit.guideHTML
    #expect(!page.contains("<script") && !page.contains("<b>") && page.contains("&lt;script&gt;"))
    #expect(!kit.text(.guide).contains("# Set up AWS for <script>"))
  }

  @Test func `a suggested role name is valid and different for each ICC`() {
    #expect(ICCSetupKit(sampleICC(userARN: nil), connector).roleName == "infosum-import-acme-import-000000aa")
    for session in ["acme-import", String(repeating: "s", count: 64)] {
      let names = ["1", "2"].map { end in
        ICCSetupKit(sampleICC(id: "icc_01jdc00000000000000000000\(end)", userARN: nil, session: session), connector)
          .roleName
      }
      #expect(names[0] != names[1] && names.allSatisfy { $0.utf8.count <= 64 })
    }
    let kit = ICCSetupKit(sampleICC(userARN: "arn:aws:iam::111122223333:role/teams/data/r"), connector)
    #expect(kit.roleName == "r" && kit.rolePath == "/teams/data/")
  }

  @Test(arguments: [nil, "arn:aws:iam::111122223333:role/r"])
  func `the guide contains the ICC's values and the common mistakes`(_ userARN: String?) {
    let icc = sampleICC(userARN: userARN, key: sampleKey, pending: 9)
    let text = ICCSetupKit(icc, connector).text(.guide)
    for word in [
      icc.externalID.hex, "acme-data", "exports/", icc.principal(connector), sampleKey, "Line 7", "without spaces",
      ":user/", "Deny", String(repeating: "09", count: 32), "**Switch Role**", "external ID", "aws:PrincipalAccount",
      connector.accountID,
    ] { #expect(text.contains(word), "\(word)") }
    #expect(text.contains("ArnNotEquals") == true)
  }

  @Test func `the JSON guide has the blocks of the Markdown guide`() throws {
    let icc = sampleICC(key: sampleKey)
    let kit = ICCSetupKit(icc, connector)
    let blocks = try #require(kit.guideJSON["blocks"]?.arrayValue)
    let documents = blocks.filter { $0["type"] == "code" }
    #expect(
      documents.compactMap { $0["file"]?.stringValue } == [
        "trust-policy.json", "permission-policy.json", "bucket-policy.json", "deny-exception.json", "key-policy.json",
        "control-policy-exception.json", "verify.sh",
      ])
    for document in documents { #expect(kit.text(.guide).contains(try #require(document["content"]?.stringValue))) }
    #expect(blocks.contains { $0["text"]?.arrayValue?.contains(["text": "Switch Role", "bold": true]) == true })
  }
}

/// Applying one kit must not break access of others: other ICCs, services and partners.
struct SharedAccountTests {
  let connector = ConnectorIdentity()
  static let other = sampleICC(id: "icc_01jdc0000000000000000000bb", session: "other", externalID: 3)

  @Test(arguments: ICCSetupKit.Format.allCases)
  func `a kit contains the statements of all ICCs on the role`(_ format: ICCSetupKit.Format) {
    let kit = ICCSetupKit(sampleICC(), connector, sharingRoleWith: [sampleICC(), Self.other])
    #expect(kit.text(format).contains(Self.other.externalID.hex))
  }

  @Test func `all ICCs on a role have the same trust policy`() {
    let one = sampleICC()
    let kits = [
      ICCSetupKit(one, connector, sharingRoleWith: [Self.other]),
      ICCSetupKit(Self.other, connector, sharingRoleWith: [one]),
    ]
    let policies = kits.map { kit in
      kit.guideJSON["blocks"]?.arrayValue?.first { $0["file"] == "trust-policy.json" }?["content"]
    }
    #expect(policies[0] != nil && policies[0] == policies[1])
  }

  /// Sids, policy names, and logical names of two kits are disjoint.
  @Test(arguments: [true, false])
  func `two kits share no name`(_ areDrafts: Bool) throws {
    let role = areDrafts ? nil : "arn:aws:iam::111122223333:role/shared"
    let iccs = ["icc_01jdc0000000000000000000aa", "icc_01jdc0000000000000000000bb"].map {
      sampleICC(id: $0, userARN: role, key: sampleKey)
    }
    let kits = iccs.map { ICCSetupKit($0, connector) }
    #expect(kits[0].policyName != kits[1].policyName)
    let templates = try kits.map { try JSONValue(parsing: $0.text(.cloudformation)) }
    for part in ["Parameters", "Conditions", "Resources", "Outputs"] {
      let names = templates.map { Set($0[part]?.objectValue?.members.map(\.name) ?? []) }
      #expect(!names[0].isEmpty && names[0].isDisjoint(with: names[1]), "\(part)")
    }
    let labels = kits.map {
      Set($0.text(.terraform).matches(of: /(?m)^(variable|resource|output) .*{$/).map(\.output.0))
    }
    #expect(labels[0].count == 4 && labels[0].isDisjoint(with: labels[1]))
    let sids = iccs.map { icc in
      Set(
        [icc.bucketPolicy(connector), icc.keyPolicy(connector)].compactMap { $0?["Statement"]?.arrayValue }
          .joined().compactMap { $0["Sid"]?.stringValue })
    }
    #expect(sids[0].count == (areDrafts ? 0 : 3) && sids[0].isDisjoint(with: sids[1]))
    #expect(sids.joined().allSatisfy { $0.utf8.allSatisfy { Character(Unicode.Scalar($0)).isLetter || $0 < 0x3A } })
  }

  /// I1: nothing that is handed out can take access away from anyone: documents to store only allow, and
  /// the only texts about Deny statements are exceptions to them.
  @Test(arguments: awkwardPrefixes)
  func `no document that a kit hands out denies anything`(_ prefix: String) throws {
    let icc = sampleICC(prefix: prefix, key: sampleKey, pending: 7)
    let kit = ICCSetupKit(icc, connector, sharingRoleWith: [Self.other])
    for block in kit.guideJSON["blocks"]?.arrayValue ?? [] where block["file"]?.stringValue?.hasSuffix("json") == true {
      let document = try JSONValue(parsing: try #require(block["content"]?.stringValue))
      for statement in document["Statement"]?.arrayValue ?? [] { #expect(statement["Effect"] == "Allow") }
    }
    for format in ICCSetupKit.Format.allCases {
      #expect(!kit.text(format).contains("\"Deny\""))
      #expect(!kit.text(format).contains("Replace"))
    }
  }
}

/// Writes kits for the tests of `Tests/Peers`, if the environment names a folder.
struct SetupKitFiles {
  static let folder = ProcessInfo.processInfo.environment["SETUP_KIT_FOLDER"]

  @Test(.enabled(if: folder != nil))
  func `kits are written for the peer tests`() throws {
    let folder = URL(filePath: try #require(Self.folder))
    let objects = awkwardPrefixes.map { ($0, []) } + [("exports/", awkwardFilenames), ("a*$/", ["*.csv", "${*}?"])]
    for (index, (prefix, filenames)) in objects.enumerated() {
      for draft in [false, true] {
        let icc = sampleICC(
          userARN: draft ? nil : "arn:aws:iam::111122223333:role/teams/infosum-import", prefix: prefix,
          filenames: filenames, key: index % 2 == 0 ? sampleKey : nil, pending: index % 3 == 0 ? 9 : nil)
        let base = folder.appending(path: "\(index)-\(draft ? "draft" : "live")")
        try FileManager.default.createDirectory(at: base, withIntermediateDirectories: true)
        let kit = ICCSetupKit(icc, ConnectorIdentity())
        for format in ICCSetupKit.Format.allCases {
          try kit.text(format).write(to: base.appending(path: format.rawValue), atomically: false, encoding: .utf8)
        }
        try kit.guideHTML.write(to: base.appending(path: "html"), atomically: false, encoding: .utf8)
        try icc.permissionPolicy(ConnectorIdentity()).documentText
          .write(to: base.appending(path: "permission"), atomically: false, encoding: .utf8)
        try icc.trustPolicy(ConnectorIdentity()).documentText
          .write(to: base.appending(path: "trust"), atomically: false, encoding: .utf8)
      }
    }
  }

  /// Kits of two ICCs on one role: `alone-1` and `alone-2` were downloaded before the registry knew the
  /// other one, `shared-1` and `shared-2` afterwards.
  @Test(.enabled(if: folder != nil))
  func `kits for a shared role are written for the peer tests`() throws {
    let folder = URL(filePath: try #require(Self.folder)).appendingPathExtension("shared")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let iccs = [
      sampleICC(prefix: "one/"),
      sampleICC(id: "icc_01jdc0000000000000000000bb", session: "second-import", prefix: "two/", externalID: 3),
    ]
    for (index, icc) in iccs.enumerated() {
      for (name, others) in [("alone", []), ("shared", iccs)] {
        try ICCSetupKit(icc, ConnectorIdentity(), sharingRoleWith: others).text(.cli)
          .write(to: folder.appending(path: "\(name)-\(index + 1)"), atomically: false, encoding: .utf8)
      }
    }
  }
}
