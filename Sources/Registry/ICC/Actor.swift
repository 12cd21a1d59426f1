/// Who made a change: a token by its identifier, or the command on the registry's own machine.
package struct Actor: Hashable, Sendable, CustomStringConvertible {
  /// `tok_…` or `command-line`.
  package let text: String

  /// An actor read back from the store.
  package init(stored text: String) {
    self.text = text
  }

  /// The bearer of a token.
  package init(_ token: TokenID) {
    text = token.text
  }

  /// Somebody who runs the command beside the database.
  package static let commandLine = Actor(stored: "command-line")

  /// The text itself.
  package var description: String { text }
}
