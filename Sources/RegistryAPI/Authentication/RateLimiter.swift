import Registry
import System

/// The size of a token bucket.
package struct RateLimit: Hashable, Sendable {
  /// The number of events allowed at once.
  package var burst: Int
  /// The number of further events allowed each second.
  package var perSecond: Int

  /// A limit of `burst` events at once and `perSecond` further ones each second.
  package init(burst: Int, perSecond: Int) {
    (self.burst, self.perSecond) = (burst, perSecond)
  }

  /// The number of seconds in which an empty bucket fills.
  var window: Int { max(1, burst / max(1, perSecond)) }

  /// Failed authentications of an address: more than a person or a broken script causes by mistake,
  /// and far too few for guessing.
  package static let failures = RateLimit(burst: 300, perSecond: 10)

  /// Requests of one link: more than a person makes.
  static let link = RateLimit(burst: 60, perSecond: 1)
}

/// Counts events in a token bucket for each key, such as an address or an organisation.
final class RateLimiter<Key: Hashable & Sendable>: Sendable {
  private struct Bucket {
    /// The remaining events, in thousandths.
    var left: Int64
    var at: Timestamp
  }

  /// The maximum number of keys, of about 100 bytes each. When it is reached, the buckets with the
  /// fewest events are dropped, since that changes the least.
  static var capacity: Int { 4096 }

  private let buckets = Locked<[Key: Bucket]>([:])

  /// Counts an event. Returns nil if the key is within the limit, otherwise the seconds to wait.
  func note(_ key: Key, _ limit: RateLimit, at now: Timestamp) -> Int? {
    let full = Int64(limit.burst) * 1000
    return buckets.withLock { buckets in
      if buckets[key] == nil, buckets.count >= Self.capacity { Self.evict(from: &buckets) }
      var bucket = buckets[key] ?? Bucket(left: full, at: now)
      let elapsed = max(0, min(now.milliseconds - bucket.at.milliseconds, 86_400_000))
      bucket.left = min(full, bucket.left + elapsed * Int64(limit.perSecond))
      bucket.at = now
      let isWithin = bucket.left >= 1000
      if isWithin { bucket.left -= 1000 }
      buckets[key] = bucket
      return isWithin ? nil : max(1, Int((1000 - bucket.left) / (1000 * Int64(max(1, limit.perSecond)))))
    }
  }

  var count: Int { buckets.withLock { $0.count } }

  /// Drops a sixteenth of the keys, so that the search is rarely needed.
  private static func evict(from buckets: inout [Key: Bucket]) {
    let fullest = buckets.sorted { $0.value.left > $1.value.left }.prefix(capacity / 16)
    for (key, _) in fullest { buckets[key] = nil }
  }
}
