import Registry
import Synchronization

extension Services {
  /// The time for which the response to an idempotent create is kept, in milliseconds.
  static let idempotencyLifetime: Int64 = 24 * 60 * 60 * 1000

  /// The maximum number of expired responses, and of expired usages, that are deleted in one write:
  /// a few milliseconds of the writer's time.
  static let maxExpired = 100

  /// The seconds for which an instance has the lease of deleting what has expired: longer than the
  /// minute after which a token that is in use leads to the next flush.
  static let sweepLeaseSeconds = 120

  /// Stores the last uses of tokens, and deletes some expired usages and some responses whose
  /// idempotency key has expired, unless another instance does that. Returns true if more such
  /// responses may be left.
  @discardableResult
  func flush() async -> Bool {
    let uses = uses.take()
    let now = settings.clock()
    let horizon = now.adding(milliseconds: -Self.idempotencyLifetime)
    do {
      let deleted = try await store.write(dryRun: false) { writer in
        try writer.noteUses(uses)
        guard try writer.takeLease(of: .sweep, seconds: Self.sweepLeaseSeconds) else { return 0 }
        try writer.deleteUsages(expiredAt: now, atMost: Self.maxExpired)
        return try writer.deleteIdempotencyRecords(before: horizon, atMost: Self.maxExpired)
      }
      return deleted == Self.maxExpired
    } catch {
      self.uses.putBack(uses)
      return false
    }
  }

  /// Flushes in one write after another until nothing expired is left. Other writes take their
  /// turns between them.
  func flushInBackground() {
    guard !isFlushing.exchange(true, ordering: .acquiringAndReleasing) else { return }
    Task {
      while await flush() {}
      isFlushing.store(false, ordering: .releasing)
    }
  }
}
