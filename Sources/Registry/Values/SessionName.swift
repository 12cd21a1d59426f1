/// The role session name, chosen by the customer: 2 to 64 of `A-Za-z0-9_+=,.@-` (AWS STS, AssumeRole, RoleSessionName).
package struct SessionName: Hashable, Sendable, CustomStringConvertible {
  /// The value's text.
  package let text: String

  /// A value read back from where only valid ones are stored.
  package init(stored text: String) {
    self.text = text
  }

  /// The text itself.
  package var description: String { text }
}
