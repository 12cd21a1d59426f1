import Registry
import RegistryAPI
import RegistrySQLite

/// Creates tokens; the actor is the command line.
enum TokenMaker {
  /// Stores a new token and returns its text, which is stored nowhere.
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
