import Foundation
import JSON
import Registry
import RegistryTestSupport
import SetupKit
import Testing

struct SetupKitTests {
  let connector = ConnectorIdentity()

  @Test("The template holds the very policies, whatever the prefix", arguments: awkwardPrefixes)
  func cloudFormation(_ prefix: String) throws {
    let icc = sampleICC(userARN: nil, prefix: prefix, key: sampleKey, pending: 9)
    let text = ICCSetupKit(icc, connector).text(.cloudformation)
    #expect(text.utf8.allSatisfy { $0 < 0x80 })
    let role = try JSONValue(parsing: text)["Resources"]?["InfoSumImportRole"]?["Properties"]
    #expect(role?["AssumeRolePolicyDocument"] == icc.trustPolicy(connector))
    #expect(role?["Policies"]?[0]?["PolicyDocument"] == icc.permissionPolicy(connector))
  }

  @Test("The here-documents hold the very policies once templates are read", arguments: awkwardPrefixes)
  func terraform(_ prefix: String) throws {
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

  @Test("A real shell reads the values of the script as they are", arguments: awkwardPrefixes)
  func shell(_ prefix: String) throws {
    let icc = sampleICC(prefix: prefix, name: "it's $(false) `x`")
    let script = ICCSetupKit(icc, connector).text(.cli)
    let values = script.components(separatedBy: "\nAWS_PAGER=")[0]
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.arguments = ["-c", values + "\nprintf '%s\\n' \"$permission_policy\""]
    let output = Pipe()
    shell.standardOutput = output
    try shell.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 0)
    #expect(try JSONValue(parsing: Array(bytes)) == icc.permissionPolicy(connector))
  }

  @Test("The page has no markup but its own", arguments: awkwardPrefixes)
  func html(_ prefix: String) {
    let kit = ICCSetupKit(sampleICC(prefix: prefix, name: "<script>alert(1)</script>"), connector)
    let page = kit.guideHTML
    #expect(!page.contains("<script") && !page.contains("<b>") && page.contains("&lt;script&gt;"))
    #expect(!kit.text(.guide).contains("# Set up AWS for <script>"))
  }

  @Test("A proposed role name is legal, and differs where session names are long and begin alike")
  func proposedNames() {
    #expect(ICCSetupKit(sampleICC(userARN: nil), connector).roleName == "infosum-import-acme-import")
    let long = String(repeating: "s", count: 63)
    let names = ["1", "2"].map { end in
      ICCSetupKit(sampleICC(id: "icc_01jdc00000000000000000000\(end)", userARN: nil, session: long + end), connector)
        .roleName
    }
    #expect(names[0] != names[1] && names.allSatisfy { $0.utf8.count == 64 })
    let kit = ICCSetupKit(sampleICC(userARN: "arn:aws:iam::111122223333:role/teams/data/r"), connector)
    #expect(kit.roleName == "r" && kit.rolePath == "/teams/data/")
  }

  @Test("The kit of one ICC keeps the trust of the others on its role")
  func sharedRole() {
    let other = sampleICC(id: "icc_01jdc0000000000000000000bb", session: "other", externalID: 3)
    let kit = ICCSetupKit(sampleICC(), connector, sharingRoleWith: [sampleICC(), other])
    for format in ICCSetupKit.Format.allCases { #expect(kit.text(format).contains(other.externalID.hex)) }
  }

  @Test("The guide names this ICC's values and the traps", arguments: [nil, "arn:aws:iam::111122223333:role/r"])
  func guide(_ userARN: String?) {
    let icc = sampleICC(userARN: userARN, key: sampleKey, pending: 9)
    let text = ICCSetupKit(icc, connector).text(.guide)
    for word in [
      icc.externalID.hex, "acme-data", "exports/", icc.principal(connector), sampleKey, "Line 7", "without spaces",
      ":user/",
      "Deny", String(repeating: "09", count: 32),
    ] { #expect(text.contains(word), "\(word)") }
  }
}

/// Writes kits for the tests of `Tests/Peers`, where a folder is named for them.
struct SetupKitFiles {
  static let folder = ProcessInfo.processInfo.environment["SETUP_KIT_FOLDER"]

  @Test("Kits are written for the peers", .enabled(if: folder != nil))
  func write() throws {
    let folder = URL(filePath: try #require(Self.folder))
    for (index, prefix) in awkwardPrefixes.enumerated() {
      for draft in [false, true] {
        let icc = sampleICC(
          userARN: draft ? nil : "arn:aws:iam::111122223333:role/teams/infosum-import", prefix: prefix,
          key: index % 2 == 0 ? sampleKey : nil, pending: index % 3 == 0 ? 9 : nil)
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
}
