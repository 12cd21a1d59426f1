/// The messages with which AWS rejects a policy document, where AWS documents them or a test has
/// seen them. For other errors, findings use only their own words.
///
/// S3: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html (MalformedPolicy). IAM:
/// MalformedPolicyDocument of UpdateAssumeRolePolicy and PutRolePolicy.
package enum AWSErrorText {
  /// S3 rejects text that is not JSON.
  package static let s3NotJSON = "Policies must be valid JSON and the first byte must be '{'"
  /// S3 rejects a condition key of another service.
  package static let s3ConditionKey = "Policy has an invalid condition key"
  /// S3 rejects a condition key that does not apply to the statement's actions.
  package static let s3ConditionMismatch =
    "Conditions do not apply to combination of actions and resources in statement"

  /// Returns a sentence that quotes AWS, led by a space.
  package static func sentence(_ quote: String) -> String {
    " AWS rejects the policy with: \(quote)" + (quote.hasSuffix(".") ? "" : ".")
  }

  /// Returns the sentence for an error of the grammar, or an empty text if the words are not known.
  static func sentence(for code: GrammarCode, in kind: PolicyKind, value: String) -> String {
    quote(for: code, in: kind, value: value.prefixForMessage).map(sentence) ?? ""
  }

  private static func quote(for code: GrammarCode, in kind: PolicyKind, value: String) -> String? {
    switch (kind, code) {
    case (.trust, .actionNotSTS): "AssumeRole policy may only specify STS AssumeRole actions."
    case (.trust, .prohibitedElement) where value == "Resource": "Has prohibited field Resource"
    case (.trust, .serviceUnknown): "Invalid principal in policy: \"SERVICE\":\"\(value)\""
    case (.identity, .resourceVendor): "Resource vendor must be fully qualified and cannot contain regexes"
    case (.identity, .resourcePartition):
      "Partition \"\(ARN(value)?.partition ?? "")\" is not valid for resource \"\(value)\""
    case (.trust, .conditionDate), (.identity, .conditionDate): "The policy failed legacy parsing"
    case (.bucket, .actionUnknown), (.bucket, .actionVendor), (.bucket, .actionColons): "Policy has invalid action"
    default: nil
    }
  }
}
