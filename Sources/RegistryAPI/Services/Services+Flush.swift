import Registry

extension Services {
  /// The time for which the response to an idempotent create is kept, in milliseconds.
  static let idempotencyLifetime: Int64 = 24 * 60 * 60 * 1000

  /// The maximum number of expired usages that are deleted in one transaction.
  private static let maxExpiredUsages = 500

  /// Stores the last uses of tokens, and deletes expired usages and responses whose idempotency key
  /// has expired.
  func flush() async {
    let uses = uses.take()
    let now = settings.clock()
    let horizon = now.adding(milliseconds: -Self.idempotencyLifetime)
    do {
      try await store.write(dryRun: false) { writer in
        try writer.noteUses(uses)
        try writer.deleteIdempotencyRecords(before: horizon)
        try writer.deleteUsages(expiredAt: now, atMost: Self.maxExpiredUsages)
      }
    } catch {
      self.uses.putBack(uses)
    }
  }

  func flushInBackground() {
    Task { await flush() }
  }
}
