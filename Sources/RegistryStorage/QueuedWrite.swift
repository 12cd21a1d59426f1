package import Registry
package import System

/// A write that waits for the writer thread.
package struct QueuedWrite: Sendable {
  /// The scope of the caller, which takes turns with others; nil for the store's own writes.
  package let owner: Scope?
  /// True if its changes are undone in any case.
  package let isDryRun: Bool
  /// Set when the caller does not wait for the outcome any more.
  package let cancellation: CancellationFlag
  /// Performs the write and returns its outcome, which is reported after the commit.
  package let perform: @Sendable (any TransactionWriter) -> Outcome
  /// Reports the error of a write that was not performed.
  package let reject: @Sendable (StoreError) -> Void

  /// The outcome of a write that was performed.
  package struct Outcome: Sendable {
    /// True if its changes must be undone.
    package let failed: Bool
    /// Reports the write's own result, or the error of its transaction.
    package let answer: @Sendable (StoreError?) -> Void
  }

  /// Creates the write of `body`, which calls `completion` exactly once.
  package init<Value: Sendable>(
    for owner: Scope?, isDryRun: Bool, cancellation: CancellationFlag = CancellationFlag(),
    _ body: @escaping @Sendable (any TransactionWriter) throws -> Value,
    completion: @escaping @Sendable (Result<Value, any Error>) -> Void
  ) {
    self.owner = owner
    self.isDryRun = isDryRun
    self.cancellation = cancellation
    reject = { completion(.failure($0)) }
    perform = { writer in
      do {
        let value = try body(writer)
        return Outcome(failed: false) { error in
          completion(error.map { .failure($0) } ?? .success(value))
        }
      } catch {
        return Outcome(failed: true) { _ in completion(.failure(error)) }
      }
    }
  }
}
