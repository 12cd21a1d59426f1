import AWSPolicy

/// The ID of an AWS account: 12 digits, leading zeros included.
package struct AccountID: Hashable, Sendable, CustomStringConvertible {
  /// The 12 digits.
  package let text: String

  /// An account ID from the store, where only valid ones are kept.
  package init(stored text: String) {
    self.text = text
  }

  /// The owner of the bucket that a caller sends, without the ASCII white space around it. Throws
  /// `bucket-owner.malformed`.
  package init(validatingBucketOwner text: String) throws(InvalidValue) {
    let trimmed = ValidatedText(trimming: text).text
    guard ARN.isAccountID(trimmed) else {
      var validation = FieldValidation(.bucketOwner)
      validation.report(
        "malformed", "An account ID consists of 12 digits.",
        hint: ARN.isAccountID(trimmed.filter { $0 != "-" })
          ? "Write it without dashes." : "In the AWS console, open the account menu and copy **Account ID**.")
      throw InvalidValue(diagnostics: validation.errors)
    }
    self.text = trimmed
  }

  /// The 12 digits.
  package var description: String { text }
}
