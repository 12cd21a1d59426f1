import System

/// When to give free memory back to the system: once after a crowd has gone. The allocator keeps
/// what lies between pieces in use, so that an attack that is over would be paid for until the next
/// restart. It takes about a millisecond, too long for every close.
struct MemoryReturn {
  /// So many connections fewer than there were make it worth while.
  static let minimumDecrease = 256
  /// A crowd goes over some time: then once, not for each of it.
  static let delayMilliseconds = 1000

  private var peak = 0
  /// The time at which it is to be done; nil while it is not worthwhile.
  private(set) var due: Instant?

  /// So many connections are open now.
  mutating func note(open: Int, at now: Instant) {
    peak = max(peak, open)
    if due == nil && peak - open >= Self.minimumDecrease { due = now.advanced(milliseconds: Self.delayMilliseconds) }
  }

  /// True if it is to be done now; begins anew then.
  mutating func isDue(open: Int, at now: Instant) -> Bool {
    guard let due, due <= now else { return false }
    (peak, self.due) = (open, nil)
    return true
  }
}
