/// The name that people know an ICC by: 1 to 128 characters, none of them a control character.
package struct ICCName: Hashable, Sendable, CustomStringConvertible {
  /// The value's text.
  package let text: String

  /// A value read back from where only valid ones are stored.
  package init(stored text: String) {
    self.text = text
  }

  /// The text itself.
  package var description: String { text }
}
