import Registry
import System

/// The idempotency keys whose first request is in progress: a second request with the same key must
/// wait.
final class IdempotencyGate: Sendable {
  struct Entry: Hashable {
    let token: TokenID
    let key: String
  }

  private let entries = Locked<Set<Entry>>([])

  /// Returns whether the caller is the first. The first caller must call `leave` at its end.
  func enter(_ entry: Entry) -> Bool {
    entries.withLock { $0.insert(entry).inserted }
  }

  func leave(_ entry: Entry) {
    _ = entries.withLock { $0.remove(entry) }
  }
}
