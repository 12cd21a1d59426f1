import HTTPWire
import Synchronization

/// Counts requests by route and status, and how long they took.
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

  /// A route by its identity: texts would be hashed at every request.
  private struct Place: Hashable {
    let route: ObjectIdentifier?
    let status: Int
  }

  private struct State {
    var counts: [Place: (route: Route?, count: Int)] = [:]
    var durations = Durations()
  }

  private let state = Mutex(State())

  func note(route: Route?, status: Int, milliseconds: Int64) {
    let place = Place(route: route.map(ObjectIdentifier.init), status: status)
    let bound = Self.bounds.firstIndex { milliseconds <= $0 } ?? Self.bounds.count
    state.withLock { state in
      state.counts[place, default: (route, 0)].count += 1
      state.durations.counts[bound] += 1
      state.durations.sumOfMilliseconds += max(0, milliseconds)
    }
  }

  func snapshot() -> (counts: [Key: Int], durations: Durations) {
    state.withLock { state in
      let counts = state.counts.map { place, counted in
        let route = counted.route
        let key = Key(method: route?.method.name ?? "", route: route?.template.text ?? "", status: place.status)
        return (key, counted.count)
      }
      return (Dictionary(counts, uniquingKeysWith: +), state.durations)
    }
  }
}
