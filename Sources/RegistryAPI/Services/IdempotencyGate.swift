import Registry
import System

/// The idempotency keys whose first request is under way: a twin is told to wait rather than run beside it.
final class IdempotencyGate: Sendable {
  struct Entry: Hashable {
    let token: TokenID
    let key: String
  }

  private let entries = Locked<Set<Entry>>([])

  /// Whether the caller is the first; it leaves when it is done.
  func enter(_ entry: Entry) -> Bool {
    entries.withLock { $0.insert(entry).inserted }
  }

  func leave(_ entry: Entry) {
    _ = entries.withLock { $0.remove(entry) }
  }
}
