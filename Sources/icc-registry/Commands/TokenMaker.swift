import Registry
import RegistryAPI
import RegistrySQLite

/// Makes tokens in the name of whoever runs the command.
enum TokenMaker {
  /// Stores a new token and gives its text, which is nowhere else.
  static func create(_ new: NewToken, in store: SQLiteRegistryStore) throws -> String {
    let text = TokenText.random()
    let identifiers = IdentifierSource(after: try store.greatestIdentifier())
    let now = Timestamp.now
    let id: TokenID = identifiers.next(at: now)
    _ = try Waiting.result {
      try await store.write(dryRun: false) { writer in
        try TokenLifecycle.create(new, id: id, hash: text.hash, .commandLine(now: now), in: writer)
      }
    }
    return text.text
  }
}
