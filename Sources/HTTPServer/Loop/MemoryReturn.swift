import System

/// The moment to give free memory back to the system: once after a crowd has gone. The allocator
/// keeps free memory between pieces in use, so the cost of an attack that is over would remain
/// until the next restart. Giving it back takes about a millisecond, too long for every close.
struct MemoryReturn {
  /// So many connections fewer than there were make it worth while.
  static let minimumDecrease = 256
  /// A crowd goes over some time: then once, not for each of it.
  static let delayMilliseconds = 1000

  private var peak = 0
  /// The time at which it must be done; nil while it is not worthwhile.
  private(set) var due: Instant?

  /// So many connections are open now.
  mutating func note(open: Int, at now: Instant) {
    peak = max(peak, open)
    if due == nil && peak - open >= Self.minimumDecrease { due = now.advanced(milliseconds: Self.delayMilliseconds) }
  }

  /// True if it must be done now; starts again then.
  mutating func isDue(open: Int, at now: Instant) -> Bool {
    guard let due, due <= now else { return false }
    (peak, self.due) = (open, nil)
    return true
  }
}
