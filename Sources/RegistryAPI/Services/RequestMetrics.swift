import HTTPWire
import System

/// The labels of a route in `/metrics`. A class, so that a request is counted by its identity: hashing the texts for
/// every request would cost more.
final class RouteLabels: Sendable {
  let method: String
  let path: String

  init(method: String, path: String) {
    self.method = method
    self.path = path
  }
}

/// Counts requests by route and status, and records their durations.
final class RequestMetrics: Sendable {
  struct Key: Hashable {
    let method: String
    let route: String
    let status: Int
  }

  struct Durations {
    /// The number of requests for each of `bounds`, not cumulative; the last entry counts the slower ones.
    var counts = [Int](repeating: 0, count: RequestMetrics.bounds.count + 1)
    var sumOfMilliseconds: Int64 = 0
  }

  /// Upper bounds in milliseconds.
  static let bounds: [Int64] = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 10_000]

  private struct CountKey: Hashable {
    let route: ObjectIdentifier?
    let status: Int
  }

  private struct State {
    var counts: [CountKey: (route: RouteLabels?, count: Int)] = [:]
    var durations = Durations()
  }

  private let state = Locked(State())

  /// Counts a request; `route` is nil if no route matched.
  func note(_ route: RouteLabels?, status: Int, milliseconds: Int64) {
    let key = CountKey(route: route.map(ObjectIdentifier.init), status: status)
    let bound = Self.bounds.firstIndex { milliseconds <= $0 } ?? Self.bounds.count
    state.withLock { state in
      state.counts[key, default: (route, 0)].count += 1
      state.durations.counts[bound] += 1
      state.durations.sumOfMilliseconds += max(0, milliseconds)
    }
  }

  func snapshot() -> (counts: [Key: Int], durations: Durations) {
    state.withLock { state in
      let counts = state.counts.map { key, counted in
        let route = counted.route
        return (Key(method: route?.method ?? "", route: route?.path ?? "", status: key.status), counted.count)
      }
      return (Dictionary(counts, uniquingKeysWith: +), state.durations)
    }
  }
}
