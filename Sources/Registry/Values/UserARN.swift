/// The ARN of the customer's role, which the article calls User ARN: `arn:<partition>:iam::<12 digits>:role/[path/]name`.
package struct UserARN: Hashable, Sendable, CustomStringConvertible {
  /// The value's text.
  package let text: String

  /// A value read back from where only valid ones are stored.
  package init(stored text: String) {
    self.text = text
  }

  /// The text itself.
  package var description: String { text }
}
