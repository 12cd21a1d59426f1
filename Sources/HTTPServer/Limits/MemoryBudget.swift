import Synchronization
import System

/// A limit on the bytes that the connections of all loops hold for one purpose.
///
/// Past it the largest holder is cut first, whichever loop it belongs to: an attacker needs many
/// bytes for an effect, and an honest client that reads or sends slowly holds few. A loop only
/// knows its own connections, so under pressure each publishes its largest holder, and the loop
/// that has the largest of all cuts.
final class MemoryBudget: Sendable {
  /// The maximum number of bytes.
  let limit: Int
  private let total = Atomic<Int>(0)
  private let holders = Atomic<Int>(0)
  /// The largest holder of each loop, while the loop sees pressure; nil if it has not looked.
  private let largest: Locked<[Int?]>

  init(limit: Int, loops: Int) {
    self.limit = limit
    largest = Locked([Int?](repeating: nil, count: loops))
  }

  /// True if more is held than the limit, by more than one connection: the last one may hold as
  /// much as its message needs.
  var isExceeded: Bool { total.load(ordering: .relaxed) > limit && holders.load(ordering: .relaxed) > 1 }

  /// Counts a change of the bytes, and of the number of connections that hold any.
  func change(bytes: Int, holders change: Int) {
    if bytes != 0 { total.add(bytes, ordering: .relaxed) }
    if change != 0 { holders.add(change, ordering: .relaxed) }
  }

  /// Publishes the largest holder of a loop; nil once the loop sees no pressure.
  func publish(_ size: Int?, of loop: Int) {
    largest.withLock { $0[loop] = size }
  }

  /// Returns what a loop whose largest holder has this size must do.
  func decision(for loop: Int, size: Int) -> Decision {
    // Another loop that is slow to look must not let the sum grow without end. Only a holder of at
    // least the average is cut without asking, so that many bytes in another loop do not cut an
    // honest client in this one.
    let sum = total.load(ordering: .relaxed)
    if sum / 2 > limit { return size >= sum / max(holders.load(ordering: .relaxed), 1) ? .cut : .wakeOthers }
    return largest.withLock { largest in
      largest[loop] = size
      if largest.contains(nil) { return .wakeOthers }
      return largest.allSatisfy { ($0 ?? 0) <= size } ? .cut : .wakeOthers
    }
  }

  /// The action of a loop on its largest holder.
  enum Decision {
    /// It is the largest of all: cut it.
    case cut
    /// Another loop may have a larger one: wake the others.
    case wakeOthers
  }
}
