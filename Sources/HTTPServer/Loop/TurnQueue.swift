/// The connections that have had their share of a turn and still have requests to be answered, by their tokens: first come, first served.
struct TurnQueue {
  private var tokens: [UInt64] = []
  private var served = 0

  var count: Int { tokens.count - served }

  var isEmpty: Bool { served == tokens.count }

  mutating func append(_ token: UInt64) {
    tokens.append(token)
  }

  mutating func next() -> UInt64? {
    guard served < tokens.count else { return nil }
    defer { forget() }
    served += 1
    return tokens[served - 1]
  }

  /// Moves what is left to the front once half is served: each token is moved once at most on the average.
  private mutating func forget() {
    guard served * 2 >= tokens.count else { return }
    tokens.removeSubrange(..<served)
    served = 0
  }
}
