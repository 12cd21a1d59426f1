import Registry
import System

/// The limits on failed authentications for each client address.
package struct FailureLimits: Sendable {
  /// The number of failures allowed at once.
  package var burst = 300
  /// The number of further failures allowed each second.
  package var perSecond = 10

  /// The defaults: more than a person or a broken script causes by mistake, and far too few for
  /// guessing.
  package init() {}
}

/// Counts failed authentications in a token bucket for each address. Valid tokens are never limited
/// here, so that failures cannot lock out another client at the same address.
final class FailureLimiter: Sendable {
  private struct Bucket {
    /// The remaining failures, in thousandths.
    var left: Int64
    var at: Timestamp
  }

  /// The maximum number of addresses, of about 100 bytes each. When it is reached, the buckets with
  /// the fewest failures are dropped, since that changes the least.
  static let capacity = 4096

  private let limits: FailureLimits
  private let buckets = Locked<[String: Bucket]>([:])

  init(_ limits: FailureLimits) {
    self.limits = limits
  }

  /// Counts a failure; the addresses of an IPv6 network count as one. Returns nil if they are
  /// within their limit, otherwise the number of seconds to wait.
  func note(_ address: String, at now: Timestamp) -> Int? {
    let address = NetworkBlock.name(of: address)
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

  /// Drops a sixteenth of the addresses, so that the search is rarely needed.
  private func evict(from buckets: inout [String: Bucket]) {
    let fullest = buckets.sorted { $0.value.left > $1.value.left }.prefix(Self.capacity / 16)
    for (address, _) in fullest { buckets[address] = nil }
  }
}
