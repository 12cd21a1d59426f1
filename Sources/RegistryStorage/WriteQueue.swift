package import Registry
package import System

/// The queue of writes for the writer thread. Callers take turns by their scope, that is by
/// organisation. A write is performed, or rejected before it is started: because too many wait,
/// because it has waited too long, or because its client has gone.
package final class WriteQueue: Sendable {
  /// The limits on what waits.
  package struct Limits {
    /// The maximum number of waiting writes. Each holds a request's body of 64 KiB at most.
    package var maxWaiting = 2048
    /// The maximum number of waiting writes of one owner: more than a client has connections.
    package var maxWaitingPerOwner = 1024
    /// The time after which a waiting write is rejected, in milliseconds.
    package var maxMilliseconds: Int
    /// The time after which a waiting write is rejected if its client has ended its connection, in
    /// milliseconds. Until then it may be a client that has only ended its own sending, and reads
    /// the response.
    package var maxAbandonedMilliseconds = 1_000

    /// The default limits, with this maximum age of a waiting write.
    package init(maxMilliseconds: Int) { self.maxMilliseconds = maxMilliseconds }
  }

  private struct Waiting: Sendable {
    let write: QueuedWrite
    let since: Instant
  }

  private struct State {
    var queue = FairQueue<Scope?, Waiting>()
    var isClosed = false
    /// True while a task watches the age of what waits.
    var isWatched = false
  }

  private let limits: Limits
  private let health: WriteHealth
  private let state = Locked(State())
  private let wakeUp: WakeUp

  /// Creates an empty queue that counts rejections in `health`.
  package init(_ health: WriteHealth, limits: Limits) throws(SystemError) {
    (self.health, self.limits) = (health, limits)
    wakeUp = try WakeUp()
  }

  /// The number of writes that wait.
  package var count: Int { state.withLock { $0.queue.count } }

  /// Adds the write of `body` and waits for its result. It is abandoned if the task is cancelled.
  package func perform<Value: Sendable>(
    for owner: Scope, dryRun: Bool, _ body: @escaping @Sendable (any TransactionWriter) throws -> Value
  ) async throws -> Value {
    let cancellation = CancellationFlag()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        add(
          QueuedWrite(for: owner, isDryRun: dryRun, cancellation: cancellation, body) {
            continuation.resume(with: $0)
          })
      }
    } onCancel: {
      cancellation.cancel()
    }
  }

  /// Adds a write. A closed or full queue rejects it at once.
  package func add(_ write: QueuedWrite) {
    let (rejection, isFirst, startsWatch) = state.withLock { state -> (StoreError?, Bool, Bool) in
      if state.isClosed { return (.closed, false, false) }
      if isFull(for: write, state.queue) { return (.overloaded, false, false) }
      state.queue.add(Waiting(write: write, since: .now), of: write.owner)
      defer { state.isWatched = true }
      return (nil, state.queue.count == 1, !state.isWatched)
    }
    if let rejection { return reject(write, rejection) }
    // The writer takes writes while there are any, so it is woken only for the first.
    if isFirst { wakeUp.signal() }
    if startsWatch { watch() }
  }

  /// Waits for writes and takes the next; nil once the queue is closed and empty.
  package func waitForNext() -> QueuedWrite? {
    while true {
      if let write = next() { return write }
      if state.withLock({ $0.isClosed && $0.queue.count == 0 }) { return nil }
      wakeUp.waitAndClear()
    }
  }

  /// Takes the next write that is neither too old nor abandoned, and rejects those before it that
  /// are; nil if none waits.
  package func next() -> QueuedWrite? {
    while let waiting = takeNext() {
      guard isOverdue(waiting, at: .now) else { return waiting.write }
      reject(waiting.write, .overloaded)
    }
    return nil
  }

  /// Rejects further writes; waiting writes are still performed.
  package func close() {
    state.withLock { $0.isClosed = true }
    wakeUp.signal()
  }

  private func takeNext() -> Waiting? {
    state.withLock { state in
      guard let next = state.queue.next() else { return nil }
      // One write is performed at a time, so that only the order of the turns counts.
      state.queue.finished(next.write.owner)
      return next
    }
  }

  /// The store's own writes have no owner and no limit.
  private func isFull(for write: QueuedWrite, _ queue: FairQueue<Scope?, Waiting>) -> Bool {
    guard write.owner != nil else { return false }
    return queue.count >= limits.maxWaiting || queue.waiting(of: write.owner) >= limits.maxWaitingPerOwner
  }

  private func isOverdue(_ waiting: Waiting, at now: Instant) -> Bool {
    let limit = waiting.write.cancellation.isCancelled ? limits.maxAbandonedMilliseconds : limits.maxMilliseconds
    return waiting.since.advanced(milliseconds: limit) <= now
  }

  private func reject(_ write: QueuedWrite, _ error: StoreError) {
    if error == .overloaded { health.noteRejection() }
    write.reject(error)
  }

  /// Rejects what becomes overdue, until nothing waits: while the disk does not respond, the writer
  /// thread cannot do it.
  private func watch() {
    let pause = max(1, min(limits.maxMilliseconds, limits.maxAbandonedMilliseconds) / 4)
    Task.detached { [weak self] in
      repeat { try? await Task.sleep(for: .milliseconds(pause)) } while self?.rejectOverdue() == true
    }
  }

  /// Returns false if nothing waits, and the watch ends.
  private func rejectOverdue() -> Bool {
    let now = Instant.now
    let (overdue, goesOn) = state.withLock { state in
      let overdue = state.queue.removeAll { isOverdue($0, at: now) }
      state.isWatched = state.queue.count > 0
      return (overdue, state.isWatched)
    }
    for waiting in overdue { reject(waiting.write, .overloaded) }
    return goesOn
  }
}
