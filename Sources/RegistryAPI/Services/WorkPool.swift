import Registry
import System

/// Runs work that can take too long for an event loop (lists, documents of a role, policy checks)
/// on its own threads with a lower priority. A thread lives as long as work waits. Callers take
/// turns by their scope, that is by organisation; one that has filled its places is rejected with
/// `429`, and everyone with `503` when all places are filled.
final class WorkPool: Sendable {
  /// The work of one request.
  struct Work<Value: Sendable>: Sendable {
    /// The scope of the caller, which the work is counted for.
    let owner: Scope
    /// The code of the `429` if too much work of the owner waits; nil for the next part of a
    /// response that has begun. That is never rejected: one part at most waits for each connection.
    let queueFull: ProblemCode?
    /// Returns the result.
    let body: @Sendable () throws -> Value
  }

  /// The maximum number of waiting requests of one owner: enough for a page of policies that are
  /// checked at the same time, and for the lists of many users.
  static let maxWaitingPerOwner = 64
  /// The maximum number of waiting requests. Each holds a request's body of 64 KiB at most.
  static let maxWaiting = 512

  private struct Job: Sendable {
    let owner: Scope
    let queueFull: ProblemCode?
    /// Performs the work, and returns what reports its result.
    let perform: @Sendable () -> @Sendable () -> Void
    let reject: @Sendable (Problem) -> Void

    init<Value>(_ work: Work<Value>, _ continuation: CheckedContinuation<Value, any Error>) {
      (owner, queueFull) = (work.owner, work.queueFull)
      perform = {
        let result = Result { try work.body() }
        return { continuation.resume(with: result) }
      }
      reject = { continuation.resume(throwing: $0) }
    }
  }

  private struct State {
    var queue = FairQueue<Scope, Job>()
    var threads = 0
  }

  private let maxThreads: Int
  private let yields: Bool
  private let maxWaitingPerOwner: Int
  private let state = Locked(State())

  /// A pool with at most this number of threads. They have a lower priority if the pool yields to
  /// the threads that answer other requests.
  init(
    threads: Int = Processors.available, yields: Bool = true, maxWaitingPerOwner: Int = WorkPool.maxWaitingPerOwner
  ) {
    (maxThreads, self.yields, self.maxWaitingPerOwner) = (threads, yields, maxWaitingPerOwner)
  }

  /// Returns the result of the work, or throws its error. Throws `429` or `503` if too much work
  /// waits.
  func run<Value>(_ work: Work<Value>) async throws -> Value {
    try await withCheckedThrowingContinuation { admit(Job(work, $0)) }
  }

  /// The number of waiting jobs of an owner, for tests.
  func waiting(of owner: Scope) -> Int { state.withLock { $0.queue.waiting(of: owner) } }

  /// True if no thread runs, for tests.
  var isIdle: Bool { state.withLock { $0.threads == 0 } }

  private static let unavailable = Problem(.unavailable, headers: [Problem.retryAfter(1)])

  private func admit(_ job: Job) {
    let (rejection, first) = state.withLock { state -> (Problem?, Job?) in
      let startsThread = state.threads < maxThreads
      if !startsThread, let rejection = self.rejection(of: job, state) { return (rejection, nil) }
      state.queue.add(job, of: job.owner)
      guard startsThread else { return (nil, nil) }
      state.threads += 1
      return (nil, state.queue.next())
    }
    if let rejection { job.reject(rejection) }
    if let first { startThread(first) }
  }

  private func rejection(of job: Job, _ state: State) -> Problem? {
    guard let queueFull = job.queueFull else { return nil }
    if state.queue.waiting(of: job.owner) >= maxWaitingPerOwner {
      return Problem(queueFull, headers: [Problem.retryAfter(1)])
    }
    return state.queue.count >= Self.maxWaiting ? Self.unavailable : nil
  }

  private func startThread(_ first: Job) {
    do throws(SystemError) {
      try SystemThread.detach { [yields] in
        if yields { SystemThread.lowerPriority() }
        var job: Job? = first
        while let current = job { job = self.next(after: current, report: current.perform()) }
      }
    } catch {
      // The other threads take what waits; without any, it would wait for ever.
      let stranded = state.withLock { state in
        state.threads -= 1
        state.queue.finished(first.owner)
        return state.threads == 0 ? state.queue.removeAll() : []
      }
      for job in [first] + stranded { job.reject(Self.unavailable) }
    }
  }

  /// Ends a job and returns the next; nil if none waits, and the thread ends.
  private func next(after job: Job, report: () -> Void) -> Job? {
    defer { report() }
    return state.withLock { state in
      state.queue.finished(job.owner)
      let next = state.queue.next()
      if next == nil { state.threads -= 1 }
      return next
    }
  }
}
