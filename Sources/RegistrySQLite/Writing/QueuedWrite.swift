import Registry

/// A write that waits for the writer.
struct QueuedWrite: Sendable {
  /// Whether it is undone in any case.
  let isDryRun: Bool
  /// Does the work and holds back its outcome until it is known what became of the transaction.
  let perform: @Sendable (SQLiteWriter) -> Outcome
  /// Answers a write that was never performed.
  let refuse: @Sendable (StoreError) -> Void

  /// What came of a write that was performed.
  struct Outcome: Sendable {
    /// Whether what it did is to be undone.
    let failed: Bool
    /// Answers whoever waits: with the write's own result, or with the fault of the transaction that it was a part of.
    let answer: @Sendable (StoreError?) -> Void
  }

  /// The write of `body`, which answers by resuming the continuation, exactly once.
  init<Value: Sendable>(
    isDryRun: Bool, resuming continuation: CheckedContinuation<Value, any Error>,
    _ body: @escaping @Sendable (SQLiteWriter) throws -> Value
  ) {
    self.isDryRun = isDryRun
    refuse = { continuation.resume(throwing: $0) }
    perform = { writer in
      do {
        let value = try body(writer)
        return Outcome(failed: false) { fault in
          if let fault { continuation.resume(throwing: fault) } else { continuation.resume(returning: value) }
        }
      } catch {
        return Outcome(failed: true) { _ in continuation.resume(throwing: error) }
      }
    }
  }
}
