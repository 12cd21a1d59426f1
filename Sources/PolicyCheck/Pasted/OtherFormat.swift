import JSON

/// Recognises texts that are not a policy.
enum OtherFormat {
  typealias Description = (code: FindingCode, message: String, hint: String)

  private static let copy =
    "Copy the policy's JSON from the AWS console, or from aws iam get-role, get-role-policy or get-policy-version."

  /// Describes a text that is not JSON; nil if its format is not certain.
  static func description(of text: String) -> Description? {
    let start = text.utf8.drop { $0 <= 0x20 }
    func begins(_ word: String) -> Bool { start.starts(with: word.utf8) }
    if ["resource \"", "data \"", "jsonencode(", "assume_role_policy", "<<EOF", "<<-EOF", "statement {"].contains(
      where: text.contains)
    {
      return (.text(.isTerraform), "This is Terraform configuration, not the JSON policy that it creates.", copy)
    }
    if begins("<") { return (.text(.isMarkup), "This is HTML or XML, not the JSON of a policy.", copy) }
    if begins("arn:") {
      return (.text(.isARN), "This is an ARN, not a policy.", copy)
    }
    if !begins("{"), !begins("["), hasYAMLKey(text) {
      return (
        .text(.isYAML), "This is YAML, as in CloudFormation templates. AWS stores policies as JSON.", copy
      )
    }
    return nil
  }

  /// True for the start of a shell here-document: `cat > trust.json <<'EOF'`. In Terraform, the
  /// mark follows an equals sign.
  static func isHereDocument(_ text: String) -> Bool {
    guard let mark = text.firstRange(of: "<<") else { return false }
    let before = text[..<mark.lowerBound].last { !$0.isWhitespace }
    let word = text[mark.upperBound...].drop { "-~ \\'\"".contains($0) }
    return before != "=" && word.first.map { $0.isLetter || $0 == "_" } == true
  }

  /// True for the start of a command of the AWS CLI with a policy as an argument.
  static func isAWSCommand(_ text: String) -> Bool {
    ["aws iam ", "aws s3api ", "aws kms ", "--policy", "--assume-role-policy-document"].contains(where: text.contains)
  }

  /// Describes an object that contains no policy document.
  static func description(of object: JSONObject) -> Description? {
    guard object["Statement"] == nil else { return nil }
    if object["AWSTemplateFormatVersion"] != nil || object["Resources"]?.objectValue != nil {
      return (.text(.isTemplate), "This is a whole CloudFormation template, not a policy.", copy)
    }
    if object["DefaultVersionId"] != nil {
      return (
        .text(.noDocument), "This response describes a managed policy but does not contain its document.",
        "Run aws iam get-policy-version --policy-arn ARN --version-id VERSION to get the document."
      )
    }
    if object["RoleName"] != nil || object["PolicyNames"] != nil || object["AttachedPolicies"] != nil {
      return (.text(.noDocument), "This response of AWS does not contain a policy document.", copy)
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
