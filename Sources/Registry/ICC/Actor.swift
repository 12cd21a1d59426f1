/// The actor of a change: a token or a hand-over by its identifier, the command on the registry's
/// own machine, or the server at its first start.
package struct Actor: Hashable, Sendable, CustomStringConvertible {
  /// `tok_…`, `hov_…`, `command-line` or `first-start`.
  package let text: String

  /// An actor read back from the store.
  package init(stored text: String) {
    self.text = text
  }

  /// The bearer of a token.
  package init(_ token: TokenID) {
    text = token.text
  }

  /// The bearer of a link.
  package init(_ handOver: HandOverID) {
    text = handOver.text
  }

  /// An operator who runs the command on the registry's machine.
  package static let commandLine = Actor(stored: "command-line")

  /// The server, which creates the first token when there is none.
  package static let firstStart = Actor(stored: "first-start")

  /// The token that the actor is; nil for the others.
  var token: TokenID? { TokenID(text) }

  /// The text itself.
  package var description: String { text }
}
