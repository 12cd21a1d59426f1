import JSON

/// Texts that are no policy, and what they are: people paste what they have.
enum OtherFormat {
  typealias Description = (code: FindingCode, message: String, hint: String)

  private static let copy =
    "Copy the policy's JSON from the AWS console, or from aws iam get-role, get-role-policy or get-policy-version."

  /// What a text that is no JSON is; `nil` if that is not certain.
  static func description(of text: String) -> Description? {
    let start = text.utf8.drop { $0 <= 0x20 }
    func begins(_ word: String) -> Bool { start.starts(with: word.utf8) }
    if ["resource \"", "data \"", "jsonencode(", "assume_role_policy", "<<EOF", "<<-EOF", "statement {"].contains(
      where: text.contains)
    {
      return (.text(.isTerraform), "This is a Terraform configuration, and not the policy that it makes.", copy)
    }
    if begins("<") { return (.text(.isMarkup), "This is HTML or XML, and not a policy's JSON.", copy) }
    if begins("arn:") {
      return (.text(.isARN), "This is an ARN, and not a policy.", copy)
    }
    if !begins("{"), !begins("["), hasYAMLKey(text) {
      return (
        .text(.isYAML), "This is YAML, as CloudFormation's templates are written; AWS stores policies in JSON.", copy
      )
    }
    return nil
  }

  /// What an object that holds no policy document is.
  static func description(of object: JSONObject) -> Description? {
    guard object["Statement"] == nil else { return nil }
    if object["AWSTemplateFormatVersion"] != nil || object["Resources"]?.objectValue != nil {
      return (.text(.isTemplate), "This is a whole CloudFormation template, and not one policy.", copy)
    }
    if object["DefaultVersionId"] != nil {
      return (
        .text(.noDocument), "This answer of AWS tells of a managed policy and does not hold its document.",
        "aws iam get-policy-version --policy-arn ARN --version-id VERSION answers the document."
      )
    }
    if object["RoleName"] != nil || object["PolicyNames"] != nil || object["AttachedPolicies"] != nil {
      return (.text(.noDocument), "This answer of AWS does not hold a policy's document.", copy)
    }
    return nil
  }

  private static func hasYAMLKey(_ text: String) -> Bool {
    text.split(whereSeparator: \.isNewline).prefix(200).contains { line in
      let key = line.drop { $0 == " " || $0 == "-" || $0 == "\t" }.prefix { $0 != ":" }
      return line.contains(":")
        && ["Version", "Statement", "Effect", "AssumeRolePolicyDocument", "PolicyDocument", "Resources"].contains(key)
    }
  }
}
