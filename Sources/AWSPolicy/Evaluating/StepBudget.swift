import Synchronization

/// The number of steps that the evaluation of one policy may take.
///
/// A step is one comparison of two characters or of a statement's element, so the count depends on
/// the policy alone and not on the machine. After the last step every answer is unknown.
package final class StepBudget: Sendable {
  /// The maximum number of steps.
  package let limit: Int
  private let spent = Atomic<Int>(0)

  /// Creates a budget; by default without a limit.
  package init(limit: Int = .max) {
    self.limit = limit
  }

  /// The number of steps taken so far. It can exceed the limit by the steps of one comparison.
  package var used: Int { spent.load(ordering: .relaxed) }

  /// True if the evaluation stopped before its end.
  package var isExhausted: Bool { used > limit }

  /// Counts steps.
  func spend(_ steps: Int) {
    spent.wrappingAdd(steps, ordering: .relaxed)
  }
}
