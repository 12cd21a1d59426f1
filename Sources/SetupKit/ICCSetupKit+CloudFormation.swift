import JSON
import Registry

extension ICCSetupKit {
  /// The template, in JSON. Customers' text goes through no function of CloudFormation, so `${…}`
  /// in it is not changed (CloudFormation substitutes only in `Fn::Sub`).
  ///
  /// With a role name in the parameter it attaches the permission policy to that role and leaves
  /// the role's trust policy unchanged; without one it creates the role.
  var cloudFormation: String {
    let template: JSONValue = .object([
      ("AWSTemplateFormatVersion", "2010-09-09"),
      (
        "Description",
        .string(
          "Lets InfoSum import from the bucket \(icc.bucketName), for \(icc.id). Deploy with CAPABILITY_NAMED_IAM.")
      ),
      ("Parameters", .object([(existingRole, parameter)])),
      ("Conditions", .object([(createsRole, hasNoExistingRole)])),
      ("Resources", .object([(logicalRole, roleResource), (logicalPolicy, policyResource)])),
      ("Outputs", .object([("UserArn" + suffix, output)])),
    ])
    return template.asciiDocumentText
  }

  /// True if CloudFormation would put values of the customer's account into the permission policy,
  /// because the prefix or a filename looks like a reference to them. The template must then not be
  /// handed out: it would show a secret to everyone who can read the role.
  package var hasDynamicReference: Bool { DynamicReference.isPossible(in: permissionPolicy.text()) }

  private var suffix: String { icc.statementSuffix }
  private var existingRole: String { "ExistingRoleName" + suffix }
  private var createsRole: String { "CreatesRole" + suffix }
  private var logicalRole: String { "InfoSumImportRole" + suffix }
  private var logicalPolicy: String { "InfoSumImportPolicy" + suffix }

  private var hasNoExistingRole: JSONValue { ["Fn::Equals": [reference(existingRole), ""]] }

  private var parameter: JSONValue {
    [
      "Type": "String",
      "Default": "",
      "AllowedPattern": "[A-Za-z0-9_+=,.@-]{0,64}",
      "Description": .string(
        "The name of an existing role. The template then attaches the permission policy to it, and you add the trust "
          + "policy as the guide describes. Leave it empty to create the role \(roleName)."),
    ]
  }

  private var roleResource: JSONValue {
    [
      "Type": "AWS::IAM::Role",
      "Condition": .string(createsRole),
      "Properties": [
        "RoleName": .string(roleName),
        "Path": .string(rolePath),
        "Description": .string(roleDescription),
        "AssumeRolePolicyDocument": trustPolicy,
        "Tags": [["Key": .string(Self.tagKey), "Value": .string(icc.id.text)]],
      ],
    ]
  }

  private var policyResource: JSONValue {
    [
      "Type": "AWS::IAM::Policy",
      "Properties": [
        "Roles": [["Fn::If": [.string(createsRole), reference(logicalRole), reference(existingRole)]]],
        "PolicyName": .string(policyName),
        "PolicyDocument": permissionPolicy,
      ],
    ]
  }

  private func reference(_ name: String) -> JSONValue { ["Ref": .string(name)] }

  private var output: JSONValue {
    [
      "Description": "The ARN of the role. Enter it at InfoSum as the User ARN.",
      "Condition": .string(createsRole),
      "Value": ["Fn::GetAtt": [.string(logicalRole), "Arn"]],
    ]
  }
}
