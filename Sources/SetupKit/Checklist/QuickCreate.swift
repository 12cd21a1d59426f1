import JSON
import Registry
import Text

/// The values for the parameters of the published CloudFormation template, which creates the role
/// of one ICC.
///
/// The template is `config/aws/infosum-import.template.json`. It is the same for all ICCs, so every
/// value that differs is a parameter.
struct QuickCreate {
  private let parameters: [(name: String, value: String)]
  private let stackName: String

  /// The values of a kit. Nil for a kit that the template cannot express: the role exists already,
  /// there is a KMS key, or a rotation is in progress; or an ARN has a text that a parameter
  /// does not keep.
  init?(_ kit: ICCSetupKit) {
    let icc = kit.icc
    guard icc.userARN == nil, icc.kmsKeyARN == nil, icc.pendingExternalID == nil,
      let statements = kit.permissionPolicy["Statement"]?.arrayValue, statements.count == 2
    else { return nil }
    let objects = Self.texts(statements[1]["Resource"])
    // Empty without a prefix: the template then leaves out the condition. `*` would deny a list
    // without the parameter `prefix`, which has no `s3:prefix`.
    let pattern = Self.texts(statements[0]["Condition"]?["StringLike"]?["s3:prefix"]).first ?? ""
    guard let bucket = Self.texts(statements[0]["Resource"]).first, (objects + [pattern]).allSatisfy(Self.isKept)
    else { return nil }
    stackName = "infosum-import-" + icc.id.text.replacing("_", with: "-")
    parameters = [
      ("RoleName", kit.roleName), ("Principal", icc.principal(kit.connector)), ("ExternalId", icc.externalID.hex),
      ("BucketArn", bucket), ("KeyPattern", pattern), ("ObjectArns", objects.joined(separator: ",")),
      ("IccId", icc.id.text),
    ]
    // CloudFormation limits each value to 4,096 bytes.
    if parameters.contains(where: { $0.value.utf8.count > 4096 }) { return nil }
  }

  /// The fragment of the page that creates the stack, with the parameters filled in
  /// (AWS CloudFormation User Guide, "Create quick-create links for stacks").
  func fragment(template: String) -> String {
    let fields =
      [("templateURL", template), ("stackName", stackName)] + parameters.map { ("param_" + $0.name, $0.value) }
    return "/stacks/create/review?"
      + fields.map { "\($0.0)=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
  }

  private static func texts(_ value: JSONValue?) -> [String] {
    (value?.arrayValue ?? [value].compactMap(\.self)).compactMap(\.stringValue)
  }

  /// A list of parameters is separated by commas, and loses the spaces around an entry.
  private static func isKept(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ",") } && !DynamicReference.isPossible(in: text)
  }
}
