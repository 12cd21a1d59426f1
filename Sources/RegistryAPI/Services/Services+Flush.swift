import Registry

extension Services {
  /// The time for which the response to an idempotent create is kept, in milliseconds.
  static let idempotencyLifetime: Int64 = 24 * 60 * 60 * 1000

  /// Stores the last uses of tokens, and deletes responses whose idempotency key has expired.
  func flush() async {
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
