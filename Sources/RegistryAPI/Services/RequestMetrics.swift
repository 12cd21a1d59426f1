import Registry
import System

/// The labels of a route in `/metrics`. A class, so that a request is counted by its identity:
/// hashing the texts for every request would cost more.
final class RouteLabels: Sendable {
  let method: String
  let path: String

  init(method: String, path: String) {
    self.method = method
    self.path = path
  }
}

/// Counts requests by route and status, and records their durations by route.
final class RequestMetrics: Sendable {
  /// The counts of one route.
  struct RouteCounts: Sendable {
    /// Nil for requests that no route matched.
    let labels: RouteLabels?
    /// The number of responses by status.
    var statuses: [Int: Int] = [:]
    /// The seconds from the last byte of a request to its response.
    var durations = Histogram(Histogram.durations)
  }

  /// Everything counted since the start.
  struct Snapshot: Sendable {
    var routes: [RouteCounts] = []
    /// The requests without a valid token, by reason.
    var rejectedTokens: [TokenRejection.Reason: Int] = [:]
    /// The verifications by verdict.
    var verdicts: [Verification.Verdict: Int] = [:]
  }

  private struct State {
    var routes: [ObjectIdentifier?: RouteCounts] = [:]
    var rejectedTokens: [TokenRejection.Reason: Int] = [:]
    var verdicts: [Verification.Verdict: Int] = [:]
  }

  private let state = Locked(State())

  /// Counts a request; `route` is nil if no route matched.
  func note(_ route: RouteLabels?, status: Int, seconds: Double) {
    let key = route.map(ObjectIdentifier.init)
    state.withLock { state in
      state.routes[key, default: RouteCounts(labels: route)].statuses[status, default: 0] += 1
      state.routes[key]?.durations.record(seconds)
    }
  }

  /// Counts a request without a valid token.
  func note(_ rejection: TokenRejection.Reason) {
    state.withLock { $0.rejectedTokens[rejection, default: 0] += 1 }
  }

  /// Counts a verification.
  func note(_ verdict: Verification.Verdict) {
    state.withLock { $0.verdicts[verdict, default: 0] += 1 }
  }

  /// Returns all counts; the routes in order of path and method.
  func snapshot() -> Snapshot {
    state.withLock { state in
      let routes = state.routes.values.sorted { left, right in
        (left.labels?.path ?? "", left.labels?.method ?? "") < (right.labels?.path ?? "", right.labels?.method ?? "")
      }
      return Snapshot(routes: routes, rejectedTokens: state.rejectedTokens, verdicts: state.verdicts)
    }
  }
}
