import Registry
import RegistryAPI
import RegistryStorage

/// Creates tokens for the commands and for the first start.
enum TokenMaker {
  /// Stores a new token and returns its text, which is stored nowhere.
  static func create(
    _ new: NewToken, by actor: Actor = .commandLine, _ lifetime: TokenLifetime, in store: any DatabaseStore
  ) throws -> String {
    let text = TokenText.random()
    let identifiers = IdentifierSource(after: try store.maxIdentifier())
    let now = Timestamp.now
    let id: TokenID = identifiers.next(at: now)
    let context = ChangeContext(actor: actor, scope: .all, now: now)
    _ = try Waiting.result {
      try await store.write(dryRun: false) { writer in
        try TokenLifecycle.create(
          new, id: id, mark: .init(of: text), maker: nil, lifetime, context, in: writer)
      }
    }
    return text.text
  }
}
