import Synchronization
import System

/// A moment of the monotonic clock by which calls must be done. It can be brought nearer while they
/// run.
package final class Deadline: Sendable {
  private let end: Atomic<Int>

  /// The moment that many milliseconds from now.
  package init(milliseconds: Int) {
    end = Atomic(Self.now + max(0, milliseconds))
  }

  /// The milliseconds that are left; none once it is over.
  package var remaining: Int { max(0, end.load(ordering: .relaxed) - Self.now) }

  /// Brings it to at most that many milliseconds from now.
  package func shorten(toMilliseconds milliseconds: Int) {
    let wanted = Self.now + max(0, milliseconds)
    var present = end.load(ordering: .relaxed)
    while wanted < present {
      let (exchanged, seen) = end.weakCompareExchange(expected: present, desired: wanted, ordering: .relaxed)
      if exchanged { return }
      present = seen
    }
  }

  private static var now: Int { Int(Instant.now.nanoseconds / 1_000_000) }
}
