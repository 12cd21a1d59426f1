import System

/// How many connections each address has open, over all loops.
final class AddressCounts: Sendable {
  private let maximum: Int
  private let counts = Locked<[String: Int]>([:])

  init(maximum: Int) {
    self.maximum = maximum
  }

  /// Counts a connection. False if its address has more than it may: the connection counts all the same until `remove`.
  func add(_ address: String) -> Bool {
    counts.withLock { counts in
      counts[address, default: 0] += 1
      return counts[address, default: 0] <= maximum
    }
  }

  /// Takes a connection out of the count.
  func remove(_ address: String) {
    counts.withLock { counts in
      guard let count = counts[address] else { return }
      counts[address] = count > 1 ? count - 1 : nil
    }
  }
}
