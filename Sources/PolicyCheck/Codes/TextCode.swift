/// The findings about a pasted text as a whole.
package enum TextCode: String, CaseIterable, Sendable {
  case byteOrderMark = "byte-order-mark"
  case checkLimit = "check-limit"
  case comment
  case escaped
  case htmlEntities = "html-entities"
  case invisibleCharacter = "invisible-character"
  case isARN = "is-arn"
  case isBucketPolicy = "is-bucket-policy"
  case isKeyPolicy = "is-key-policy"
  case isPermissionPolicy = "is-permission-policy"
  case isTrustPolicy = "is-trust-policy"
  case isMarkup = "is-markup"
  case isTemplate = "is-template"
  case isTerraform = "is-terraform"
  case isYAML = "is-yaml"
  case isShell = "is-shell"
  case lineEndings = "line-endings"
  case loneStatement = "lone-statement"
  case markdownFence = "markdown-fence"
  case missingBracket = "missing-bracket"
  case moreNotListed = "more-not-listed"
  case noDocument = "no-document"
  case singleQuotes = "single-quotes"
  case smartQuotes = "smart-quotes"
  case surroundings
  case trailingComma = "trailing-comma"
  case twoDocuments = "two-documents"
  case unquotedValue = "unquoted-value"
  case urlEncoded = "url-encoded"
  case wrapped
}

extension TextCode: ExplainedCode {
  static let subject = "text"

  static let pages: [TextCode: FindingPage] = [
    .byteOrderMark: .init(
      "The text starts with a byte order mark.",
      "AWS rejects a policy file that starts with a byte order mark. The check ignores it; remove it "
        + "before you store the policy."),
    .checkLimit: .init(
      "The policy is too complex to evaluate.",
      "The check stopped after its maximum number of steps, so the result is undetermined. Remove "
        + "statements and patterns that repeat each other."),
    .comment: .init(
      "The policy contains a comment.",
      "JSON does not allow comments, so AWS rejects the text. Use the corrected document."),
    .escaped: .init(
      "The quotation marks are escaped.",
      #"The policy was copied from inside another JSON text or a program, where " is written as \". "#
        + "AWS rejects it. Use the corrected document."),
    .htmlEntities: .init(
      "The policy contains HTML entities.",
      "Characters are written as in HTML, such as &quot;. AWS rejects the text. Use the corrected "
        + "document."),
    .invisibleCharacter: .init(
      "Invisible characters between the elements.",
      "The text contains spaces that JSON does not allow, such as no-break spaces. AWS rejects the "
        + "text. Use the corrected document."),
    .isARN: .init("The text is an ARN, not a policy.", "Paste the JSON text of the policy."),
    .isBucketPolicy: .init(
      "This is a bucket policy.",
      "The text is a bucket policy, but it was given as another kind of policy."),
    .isKeyPolicy: .init(
      "This is a key policy.",
      "The text is a KMS key policy, but it was given as another kind of policy."),
    .isPermissionPolicy: .init(
      "This is a permission policy.",
      "The text is a permission policy, but it was given as another kind of policy."),
    .isTrustPolicy: .init(
      "This is a trust policy.",
      "The text is a trust policy, but it was given as another kind of policy."),
    .isMarkup: .init("The text is HTML or XML.", "Paste the JSON text of the policy."),
    .isTemplate: .init(
      "The text is a CloudFormation template.",
      "Paste the JSON text of the one policy that you want to check."),
    .isTerraform: .init(
      "The text is Terraform configuration.",
      "Paste the policy that Terraform creates, in JSON. The AWS console shows it, and so does "
        + "terraform show -json."),
    .isYAML: .init("The text is YAML.", "AWS stores policies as JSON. Paste the JSON text of the policy."),
    .isShell: .init(
      "The text is a shell command.",
      "The policy is inside a shell command or a here-document, such as cat <<'EOF'. AWS stores the "
        + "policy only: use the corrected document."),
    .lineEndings: .init("The lines end with CR LF.", "Windows line endings do no harm."),
    .loneStatement: .init(
      "The text is a statement without a policy document.",
      "A statement must be inside a document with the elements Version and Statement. Use the corrected"
        + " document."),
    .markdownFence: .init(
      "The policy is inside a Markdown code block.",
      "The check reads what is inside the code block."),
    .missingBracket: .init(
      "A bracket is missing.",
      "The text ends before all brackets are closed. AWS rejects it. Use the corrected document."),
    .moreNotListed: .init(
      "There is more than the response lists.",
      "A check lists at most 32 findings and 32 other principals for each policy, the errors first. "
        + "Work on those, and check again."),
    .noDocument: .init(
      "The text does not contain a policy document.",
      "This is a response of the AWS command line that describes a policy but does not contain its "
        + "document."),
    .singleQuotes: .init(
      "The policy uses single quotation marks.",
      "JSON strings use double quotation marks, so AWS rejects the text. Use the corrected document."),
    .smartQuotes: .init(
      "The policy uses typographic quotation marks.",
      "Word processors and chat programs replace straight quotation marks with typographic ones. AWS "
        + "rejects the text. Use the corrected document."),
    .surroundings: .init(
      "There is other text around the policy.",
      "The check reads what is inside the outer braces. Remove the rest before you store the policy."),
    .trailingComma: .init(
      "Trailing comma.",
      "JSON does not allow a comma after the last entry, so AWS rejects the text. Use the corrected "
        + "document."),
    .twoDocuments: .init(
      "Two documents in one text.",
      "The text contains more than one policy document. AWS stores one document for each policy."),
    .unquotedValue: .init(
      "A value without quotation marks.",
      "A string must be in quotation marks, such as an external ID or an account ID. Use the corrected "
        + "document."),
    .urlEncoded: .init(
      "The text is URL-encoded.",
      "The IAM API returns policies URL-encoded. The check decodes them; AWS accepts only the decoded "
        + "text."),
    .wrapped: .init(
      "The text is a response of the AWS command line.",
      "The check reads the policy document inside it."),
  ]
}
