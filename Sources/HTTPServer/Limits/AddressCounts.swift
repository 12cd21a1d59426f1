import System

/// The number of open connections per address, over all loops. An IPv6 client's /64 counts
/// as one.
final class AddressCounts: Sendable {
  private let maximum: Int
  private let counts = Locked<[String: Int]>([:])

  init(maximum: Int) {
    self.maximum = maximum
  }

  /// Counts a connection, unless its address has the maximum already; then it returns false.
  func add(_ address: String) -> Bool {
    let block = NetworkBlock.name(of: address)
    return counts.withLock { counts in
      let count = counts[block, default: 0]
      guard count < maximum else { return false }
      counts[block] = count + 1
      return true
    }
  }

  /// Removes a connection that was counted.
  func remove(_ address: String) {
    let block = NetworkBlock.name(of: address)
    counts.withLock { counts in
      guard let count = counts[block] else { return }
      counts[block] = count > 1 ? count - 1 : nil
    }
  }
}
