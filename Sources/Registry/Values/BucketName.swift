/// The name of a general purpose bucket by S3's present rules.
package struct BucketName: Hashable, Sendable, CustomStringConvertible {
  /// The value's text.
  package let text: String

  /// A value read back from where only valid ones are stored.
  package init(stored text: String) {
    self.text = text
  }

  /// The text itself.
  package var description: String { text }
}
