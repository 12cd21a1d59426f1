import Registry
import System

/// How many failed authentications an address may make before it is told to wait.
package struct FailureLimits: Sendable {
  /// How many in one go.
  package var burst = 300
  /// How many more each second.
  package var perSecond = 10

  /// The defaults: far from what a person or a broken script does by mistake, and far from what guessing would need.
  package init() {}
}

/// Counts failed authentications by address, in a token bucket each. A good token is never asked here, so nobody can lock
/// out an honest client behind the same address.
final class FailureLimiter: Sendable {
  private struct Bucket {
    /// Thousandths of a failure that are left.
    var left: Int64
    var at: Timestamp
  }

  /// Addresses that are remembered at most: some 100 bytes each. When they are full the bucket that is fullest goes,
  /// since forgetting it changes least.
  static let capacity = 4096

  private let limits: FailureLimits
  private let buckets = Locked<[String: Bucket]>([:])

  init(_ limits: FailureLimits) {
    self.limits = limits
  }

  /// Counts a failure: nil while the address is within its limit, else the seconds that it should wait.
  func note(_ address: String, at now: Timestamp) -> Int? {
    let full = Int64(limits.burst) * 1000
    return buckets.withLock { buckets in
      if buckets[address] == nil, buckets.count >= Self.capacity { evict(from: &buckets) }
      var bucket = buckets[address] ?? Bucket(left: full, at: now)
      let elapsed = max(0, min(now.milliseconds - bucket.at.milliseconds, 86_400_000))
      bucket.left = min(full, bucket.left + elapsed * Int64(limits.perSecond))
      bucket.at = now
      let isWithin = bucket.left >= 1000
      if isWithin { bucket.left -= 1000 }
      buckets[address] = bucket
      return isWithin ? nil : max(1, Int((1000 - bucket.left) / (1000 * Int64(max(1, limits.perSecond)))))
    }
  }

  var count: Int { buckets.withLock { $0.count } }

  /// Takes a sixteenth of the addresses away, so that the search is paid for rarely.
  private func evict(from buckets: inout [String: Bucket]) {
    let fullest = buckets.sorted { $0.value.left > $1.value.left }.prefix(Self.capacity / 16)
    for (address, _) in fullest { buckets[address] = nil }
  }
}
