import Registry

extension RegistryAPI {
  /// How long the response to an idempotent create is kept.
  static let idempotencyLifetime: Int64 = 24 * 60 * 60 * 1000

  /// Writes down the last uses of tokens, and forgets responses that are no longer honoured. The server calls it before it
  /// closes the store; between, it runs at most once a minute.
  package func flush() async {
    let uses = uses.take()
    let horizon = settings.clock().adding(milliseconds: -Self.idempotencyLifetime)
    do {
      try await store.write(dryRun: false) { writer in
        try writer.noteUses(uses)
        try writer.deleteIdempotencyRecords(before: horizon)
      }
    } catch {
      self.uses.putBack(uses)
    }
  }

  func flushInBackground() {
    Task { await flush() }
  }
}
