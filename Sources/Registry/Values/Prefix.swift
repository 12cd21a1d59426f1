/// The part of the bucket that is imported: at most 1,024 bytes of UTF-8, empty for the whole bucket.
package struct Prefix: Hashable, Sendable, CustomStringConvertible {
  /// The value's text.
  package let text: String

  /// A value read back from where only valid ones are stored.
  package init(stored text: String) {
    self.text = text
  }

  /// The text itself.
  package var description: String { text }
}
