package import Registry
package import System

/// The results of the commits and checkpoints.
package final class WriteHealth: Sendable {
  private struct State {
    var statistics = StoreStatistics()
    var lastCheckpoint = Instant.now
  }

  private let state = Locked(State())

  /// The health of a store that has written nothing.
  package init() {}

  /// The error of the last commit; nil if it succeeded.
  package var lastError: StoreError? { state.withLock { $0.statistics.lastError } }

  /// Notes the result of a commit.
  package func note(_ error: StoreError?) {
    state.withLock { state in
      state.statistics.lastError = error
      if let error { state.statistics.errors[error, default: 0] += 1 }
    }
  }

  /// Counts a write that was rejected before it was started.
  package func noteRejection() {
    state.withLock { $0.statistics.errors[.overloaded, default: 0] += 1 }
  }

  /// Notes a successful commit of this many writes.
  package func noteCommit(of writes: Int, since start: Instant) {
    let seconds = start.seconds(until: .now)
    state.withLock { state in
      state.statistics.batches.record(Double(writes))
      state.statistics.commits.record(seconds)
    }
  }

  /// Notes a checkpoint.
  package func noteCheckpoint() {
    state.withLock { $0.lastCheckpoint = .now }
  }

  /// Returns everything noted so far.
  package func statistics() -> StoreStatistics {
    state.withLock { state in
      var statistics = state.statistics
      statistics.checkpointAge = state.lastCheckpoint.seconds(until: .now)
      return statistics
    }
  }
}
