/// The ARN of the KMS key that encrypts the bucket: a key's, never an alias's.
package struct KMSKeyARN: Hashable, Sendable, CustomStringConvertible {
  /// The value's text.
  package let text: String

  /// A value read back from where only valid ones are stored.
  package init(stored text: String) {
    self.text = text
  }

  /// The text itself.
  package var description: String { text }
}
