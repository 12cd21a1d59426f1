import Synchronization

/// A message to another thread that no caller waits for its result any more.
package final class CancellationFlag: Sendable {
  private let flag = Atomic(false)

  /// A flag that is not set.
  package init() {}

  /// True once the work is cancelled.
  package var isCancelled: Bool { flag.load(ordering: .relaxed) }

  /// Sets the flag.
  package func cancel() { flag.store(true, ordering: .relaxed) }
}
