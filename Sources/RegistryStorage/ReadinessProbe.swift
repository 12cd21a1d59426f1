package import Registry
import System

/// The check that a thread of the store answers. Callers share one check and one timer, so that
/// checks do not accumulate while the disk hangs.
package final class ReadinessProbe: Sendable {
  /// The maximum time that a caller waits, so that `/readyz` answers within a second.
  package static let limitMilliseconds = 800

  private typealias Waiter = CheckedContinuation<Void, any Error>

  private enum State {
    case idle
    case running(Int, [Waiter])
    /// The check has taken longer than the limit and has not returned yet.
    case overdue
  }

  private let state = Locked((round: 0, state: State.idle))
  private let overdueError: StoreError

  /// A check that throws `overdueError` if it takes too long.
  package init(orThrow overdueError: StoreError) {
    self.overdueError = overdueError
  }

  /// Waits for the result of the check that `start` begins on another thread, or of the one that
  /// has begun already.
  package func run(_ start: (@escaping @Sendable (Result<Void, any Error>) -> Void) -> Void) async throws {
    try await withCheckedThrowingContinuation { (waiter: Waiter) in
      switch join(waiter) {
      case .waits: break
      case .isOverdue: waiter.resume(throwing: overdueError)
      case .starts(let round):
        start { self.finish($0) }
        Task.detached {
          try? await Task.sleep(for: .milliseconds(Self.limitMilliseconds))
          self.expire(round)
        }
      }
    }
  }

  private enum Joined {
    case starts(Int), waits, isOverdue
  }

  private func join(_ waiter: Waiter) -> Joined {
    state.withLock { probe in
      switch probe.state {
      case .idle:
        probe = (probe.round + 1, .running(probe.round + 1, [waiter]))
        return .starts(probe.round)
      case .running(let round, let waiters):
        probe.state = .running(round, waiters + [waiter])
        return .waits
      case .overdue: return .isOverdue
      }
    }
  }

  private func finish(_ result: Result<Void, any Error>) {
    for waiter in takeWaiters(leaving: .idle) { waiter.resume(with: result) }
  }

  private func expire(_ round: Int) {
    for waiter in takeWaiters(leaving: .overdue, of: round) { waiter.resume(throwing: overdueError) }
  }

  /// Takes the waiters and changes the state; with a round, only if that one is running.
  private func takeWaiters(leaving next: State, of expected: Int? = nil) -> [Waiter] {
    state.withLock { probe in
      guard case .running(let round, let waiters) = probe.state else {
        if expected == nil { probe.state = next }
        return []
      }
      guard expected == nil || expected == round else { return [] }
      probe.state = next
      return waiters
    }
  }
}
