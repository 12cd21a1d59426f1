/// The connections that have had their share of a turn and still have requests to be answered, by
/// their tags: first come, first served.
struct TurnQueue {
  private var tags: [UInt64] = []
  private var served = 0

  var count: Int { tags.count - served }

  var isEmpty: Bool { served == tags.count }

  mutating func append(_ tag: UInt64) {
    tags.append(tag)
  }

  mutating func next() -> UInt64? {
    guard served < tags.count else { return nil }
    defer { forget() }
    served += 1
    return tags[served - 1]
  }

  /// Moves what is left to the front once half is served: each tag is moved once at most on the
  /// average.
  private mutating func forget() {
    guard served * 2 >= tags.count else { return }
    tags.removeSubrange(..<served)
    served = 0
  }
}
