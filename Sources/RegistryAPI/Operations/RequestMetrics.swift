import HTTPWire
import Synchronization

/// Counts requests by route, method and status, and how long they took.
final class RequestMetrics: Sendable {
  struct Key: Hashable {
    let method: String
    let route: String
    let status: Int
  }

  struct Durations {
    /// How many took at most the bound of the same place in `bounds`, each bound's own share alone.
    var counts = [Int](repeating: 0, count: RequestMetrics.bounds.count + 1)
    var sumOfMilliseconds: Int64 = 0
  }

  /// Upper bounds in milliseconds.
  static let bounds: [Int64] = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 10_000]

  private let state = Mutex<(counts: [Key: Int], durations: Durations)>(([:], Durations()))

  func note(route: Route?, status: Int, milliseconds: Int64) {
    let key = Key(method: route?.method.name ?? "", route: route?.template.text ?? "", status: status)
    let place = Self.bounds.firstIndex { milliseconds <= $0 } ?? Self.bounds.count
    state.withLock { state in
      state.counts[key, default: 0] += 1
      state.durations.counts[place] += 1
      state.durations.sumOfMilliseconds += max(0, milliseconds)
    }
  }

  func snapshot() -> (counts: [Key: Int], durations: Durations) {
    state.withLock { $0 }
  }
}
