import JSON
import Registry

extension ICCSetupKit {
  /// The template, in JSON: customers' text goes through no function of CloudFormation, so `${…}`
  /// in it stays as it is (CloudFormation substitutes in `Fn::Sub` alone).
  var cloudFormation: String {
    let template: JSONValue = [
      "AWSTemplateFormatVersion": "2010-09-09",
      "Description": .string(
        "The role that InfoSum assumes to import from the bucket \(icc.bucketName), for \(icc.id). "
          + "Deploy with CAPABILITY_NAMED_IAM; delete or import a role of this name first if there is one."),
      "Resources": ["InfoSumImportRole": roleResource],
      "Outputs": [
        "UserArn": [
          "Description": "The ARN of the role: give it to InfoSum as User ARN.",
          "Value": ["Fn::GetAtt": ["InfoSumImportRole", "Arn"]],
        ]
      ],
    ]
    return template.asciiDocumentText
  }

  private var roleResource: JSONValue {
    [
      "Type": "AWS::IAM::Role",
      "Properties": [
        "RoleName": .string(roleName),
        "Path": .string(rolePath),
        "Description": .string(roleDescription),
        "AssumeRolePolicyDocument": trustPolicy,
        "Policies": [["PolicyName": .string(policyName), "PolicyDocument": permissionPolicy]],
        "Tags": [["Key": .string(Self.tagKey), "Value": .string(icc.id.text)]],
      ],
    ]
  }
}
