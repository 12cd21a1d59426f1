import Foundation
import JSON
import Registry
import RegistryTestSupport
import SetupKit
import Testing

struct ChecklistTests {
  private static let template = "https://t.s3.amazonaws.com/a b&c.json"

  private func checklist(
    _ icc: ICC, partition: String = "aws", templateURL: String? = nil
  ) throws -> [String: JSONValue] {
    let kit = ICCSetupKit(icc, ConnectorIdentity(partition: partition), templateURL: templateURL)
    let items = try #require(kit.guideJSON["checklist"]?.arrayValue)
    #expect(items.compactMap { $0["step"]?.stringValue } == SetupStep.allCases.map(\.rawValue))
    return Dictionary(uniqueKeysWithValues: items.map { ($0["step"]?.stringValue ?? "", $0) })
  }

  private func states(_ icc: ICC) throws -> [String: String] {
    try checklist(icc).mapValues { $0["state"]?.stringValue ?? "" }
  }

  private func addresses(_ item: JSONValue?) -> [String] {
    (item?["links"]?.arrayValue ?? []).compactMap { $0["url"]?.stringValue }
  }

  private func verification(failing names: VerificationCheck.Name...) -> Verification {
    let checks = VerificationCheck.Name.allCases.map { name in
      VerificationCheck(
        name, names.contains(name) ? .failed : .passed, detail: "Seen of \(name.rawValue).", hint: "Do this.")
    }
    return Verification(
      iccVersion: 1, startedAt: Timestamp(milliseconds: 0), durationMilliseconds: 1, retryAfterSeconds: nil,
      checks: checks)
  }

  @Test func `before a verification only what the registry knows is done`() throws {
    let draft = try states(sampleICC(userARN: nil))
    #expect(draft.filter { $0.value == "done" }.keys.sorted() == ["created"])
    let unverified = try states(sampleICC())
    #expect(unverified.filter { $0.value == "done" }.keys.sorted() == ["created", "role", "user-arn"])
    #expect(unverified.values.allSatisfy { $0 != "failed" })
  }

  @Test func `a verified ICC has every step done`() throws {
    #expect(try states(sampleICC(status: .verified)).values.allSatisfy { $0 == "done" })
  }

  @Test(arguments: [VerificationCheck.Name.roleAssumable, .externalIDRequired, .externalIDExact, .principalPinned])
  func `an error of the trust policy is shown at its step`(_ name: VerificationCheck.Name) throws {
    let found = try checklist(
      sampleICC(status: name.isProbe ? .insecure : .failing, verification: verification(failing: name)))
    #expect(found["trust-policy"]?["state"] == "failed")
    #expect(found["trust-policy"]?["detail"] == .string("Seen of \(name.rawValue). Do this."))
    #expect(found["permissions"]?["state"] == "done")
    #expect(found["verify"]?["state"] == "open")
  }

  @Test(arguments: [VerificationCheck.Name.bucketListable, .objectReadable])
  func `an error of the permissions is shown at its step`(_ name: VerificationCheck.Name) throws {
    let found = try checklist(sampleICC(status: .failing, verification: verification(failing: name)))
    #expect(found["permissions"]?["state"] == "failed")
    #expect(found["trust-policy"]?["state"] == "done")
  }

  @Test func `a verification of earlier values decides nothing`() throws {
    let icc = sampleICC(status: .unverified, verification: verification(failing: .roleAssumable))
    #expect(try states(icc)["trust-policy"] == "open")
  }

  @Test(arguments: [
    ("aws", "https://console.aws.amazon.com/"), ("aws-cn", "https://console.amazonaws.cn/"),
    ("aws-us-gov", "https://console.amazonaws-us-gov.com/"),
  ])
  func `the console's addresses are those of the partition, and encoded`(_ partition: String, _ home: String) throws {
    let role = "arn:\(partition):iam::111122223333:role/teams/a+b=c,d.e@f-g"
    let key = "arn:\(partition):kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    let found = try checklist(sampleICC(userARN: role, bucket: "a.b-c", key: key), partition: partition)
    let details = home + "iam/home#/roles/details/a%2Bb%3Dc%2Cd.e%40f-g?section="
    #expect(addresses(found["role"]) == [home + "iam/home#/roles"])
    #expect(addresses(found["trust-policy"]) == [details + "trust_relationships"])
    #expect(
      addresses(found["permissions"]) == [
        details + "permissions", home + "s3/buckets/a.b-c?tab=permissions",
        home + "kms/home?region=eu-west-1#/kms/keys/1234abcd-12ab-34cd-56ef-1234567890ab",
      ])
  }

  @Test func `a partition without a public console has no links`() throws {
    let found = try checklist(sampleICC(), partition: "aws-iso")
    #expect(found.values.allSatisfy { addresses($0).isEmpty })
  }

  @Test(arguments: [
    sampleICC(userARN: nil, prefix: "${x}&y=#/", filenames: ["*.csv", "a?.json"]), sampleICC(userARN: nil, prefix: ""),
    sampleICC(userARN: nil, prefix: "exports/"),
  ])
  func `the link for CloudFormation makes the policies of the ICC`(_ icc: ICC) throws {
    let address = try #require(addresses(checklist(icc, templateURL: Self.template)["role"]).first)
    let parts = address.components(separatedBy: "#/stacks/create/review?")
    #expect(parts.count == 2 && parts[0] == "https://console.aws.amazon.com/cloudformation/home")
    let fields = parts[1].split(separator: "&").map { $0.components(separatedBy: "=") }
    let values = Dictionary(uniqueKeysWithValues: fields.map { ($0[0], $0[1].removingPercentEncoding ?? "") })
    #expect(values["templateURL"] == Self.template)
    let template = try PublishedTemplate(values)
    #expect(Set(template.parameters.map { "param_" + $0 } + ["templateURL", "stackName"]) == Set(values.keys))
    let role = try #require(template.properties(of: "InfoSumImportRole"))
    #expect(role["AssumeRolePolicyDocument"] == icc.trustPolicy(ConnectorIdentity()))
    let policy = PublishedTemplate.withoutLists(icc.permissionPolicy(ConnectorIdentity()))
    #expect(role["Policies"]?["PolicyDocument"] == policy)
  }

  @Test(arguments: ["a,b.csv", "two words ", "é.csv", "{{resolve:ssm:name}}"])
  func `a file that a parameter does not keep has no link`(_ file: String) throws {
    let icc = sampleICC(userARN: nil, filenames: [file, "b.csv"])
    let found = try addresses(checklist(icc, templateURL: Self.template)["role"])
    #expect(found == ["https://console.aws.amazon.com/iam/home#/roles"])
  }

  @Test func `a role that exists, a key, and a rotation have no link for CloudFormation`() throws {
    for icc in [sampleICC(), sampleICC(userARN: nil, key: sampleKey), sampleICC(userARN: nil, pending: 9)] {
      #expect(try addresses(checklist(icc, templateURL: Self.template)["role"]).count == 1)
    }
  }

  @Test func `each heading names the step that it explains`() throws {
    let kit = ICCSetupKit(sampleICC(key: sampleKey), ConnectorIdentity())
    let blocks = try #require(kit.guideJSON["blocks"]?.arrayValue)
    let steps = blocks.filter { $0["type"] == "heading" }.compactMap { $0["step"]?.stringValue }
    #expect(
      steps == [
        "role", "trust-policy", "permissions", "user-arn", "permissions", "permissions", "trust-policy", "verify",
      ])
  }
}
