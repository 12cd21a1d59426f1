import Registry
import System

/// Runs work that is too long for an event loop, such as a policy check, on its own threads with a
/// lower priority. A thread lives as long as work waits. Organisations take turns, and one that has
/// filled its places is rejected with `429`.
final class WorkPool: Sendable {
  /// The work of one request, after its reads.
  struct Work: Sendable {
    /// The organisation that the work is counted for.
    let organisation: OrganisationID
    /// Returns the response.
    let body: @Sendable () -> APIResponse
  }

  /// The maximum number of waiting requests of one organisation: enough for a page of policies that
  /// are checked at the same time.
  static let maxWaitingPerOrganisation = 8
  /// The maximum number of waiting requests. Each holds a request's body of 64 KiB at most.
  static let maxWaiting = 256

  private struct Job: Sendable {
    let work: Work
    let continuation: CheckedContinuation<APIResponse?, Never>
  }

  private struct State {
    var queue = FairQueue<OrganisationID, Job>()
    var threads = 0
  }

  private let maxThreads: Int
  private let state = Locked(State())

  /// A pool with at most this number of threads.
  init(threads: Int = Processors.available) {
    maxThreads = threads
  }

  /// Returns the response of the work. Throws `429` if too much work waits.
  func run(_ work: Work) async throws(Problem) -> APIResponse {
    let response = await withCheckedContinuation { admit(Job(work: work, continuation: $0)) }
    guard let response else { throw Problem(.checkQueueFull, headers: [Problem.retryAfter(1)]) }
    return response
  }

  /// The number of waiting jobs of an organisation, for tests.
  func waiting(of organisation: OrganisationID) -> Int { state.withLock { $0.queue.waiting(of: organisation) } }

  /// True if no thread runs, for tests.
  var isIdle: Bool { state.withLock { $0.threads == 0 } }

  private func admit(_ job: Job) {
    let (isAdmitted, first) = state.withLock { state -> (Bool, Job?) in
      let organisation = job.work.organisation
      let startsThread = state.threads < maxThreads
      let isFull =
        state.queue.count >= Self.maxWaiting
        || state.queue.waiting(of: organisation) >= Self.maxWaitingPerOrganisation
      if isFull, !startsThread { return (false, nil) }
      state.queue.add(job, of: organisation)
      guard startsThread else { return (true, nil) }
      state.threads += 1
      return (true, state.queue.next())
    }
    if !isAdmitted { job.continuation.resume(returning: nil) }
    if let first { startThread(first) }
  }

  private func startThread(_ first: Job) {
    do throws(SystemError) {
      try SystemThread.detach {
        SystemThread.lowerPriority()
        var job: Job? = first
        while let current = job { job = self.next(after: current, current.work.body()) }
      }
    } catch {
      // The other threads take what waits; without any, it would wait for ever.
      let stranded = state.withLock { state in
        state.threads -= 1
        state.queue.finished(first.work.organisation)
        return state.threads == 0 ? state.queue.removeAll() : []
      }
      for job in [first] + stranded { job.continuation.resume(returning: nil) }
    }
  }

  /// Ends a job and returns the next; nil if none waits, and the thread ends.
  private func next(after job: Job, _ response: APIResponse) -> Job? {
    defer { job.continuation.resume(returning: response) }
    return state.withLock { state in
      state.queue.finished(job.work.organisation)
      let next = state.queue.next()
      if next == nil { state.threads -= 1 }
      return next
    }
  }
}
