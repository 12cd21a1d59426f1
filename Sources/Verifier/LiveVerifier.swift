import AWSClient
package import Registry
import System
package import Text

/// Verifies on threads of its own: a maximum number at once, a maximum number waiting, each ICC
/// once at a time. A thread lives as long as there is something to verify; an idle registry has
/// none. Each organisation has a place of its own, and the one with the fewest running
/// verifications is next, so that slow ones of one organisation do not block another.
package final class LiveVerifier: ConnectionVerifier {
  /// Runs a function on a new thread; false where the system makes none.
  package typealias ThreadStart = @Sendable (@escaping @Sendable () -> Void) -> Bool

  private typealias Outcome = Result<Verification, VerificationRejection>

  private struct Job: Sendable {
    let icc: ICC
    let role: UserARN
    let trace: TraceContext?
    let cancellation: CancellationFlag
    let continuation: CheckedContinuation<Outcome, Never>
  }

  private struct State {
    var queue = FairQueue<OrganisationID, Job>()
    var progress: [ICCID: VerificationProgress] = [:]
    var deadlines: [ICCID: Deadline] = [:]
    var pauses: VerificationPauses
    var threads = 0
    var isStopping = false
  }

  private let settings: VerifierSettings
  private let startThread: ThreadStart
  private let state: Locked<State>

  /// A verifier with these settings.
  package init(_ settings: VerifierSettings, startThread: @escaping ThreadStart) {
    self.settings = settings
    self.startThread = startThread
    state = Locked(State(pauses: VerificationPauses(milliseconds: settings.pauseMilliseconds)))
  }

  package func verify(_ icc: ICC, trace: TraceContext?) async throws(VerificationRejection) -> Verification {
    guard let role = icc.userARN else { throw .notConfigured }
    let cancellation = CancellationFlag()
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        admit(Job(icc: icc, role: role, trace: trace, cancellation: cancellation, continuation: continuation))
      }
    } onCancel: {
      cancellation.cancel()
      rejectAbandoned()
    }
    return try outcome.get()
  }

  package func progress(of icc: ICCID) -> VerificationProgress? {
    state.withLock { $0.progress[icc] }
  }

  /// Begins nothing more, and ends what runs within that time: a check that is cut short is
  /// inconclusive.
  package func stop(withinMilliseconds milliseconds: Int) {
    let waiting = state.withLock { state in
      state.isStopping = true
      for deadline in state.deadlines.values { deadline.shorten(toMilliseconds: milliseconds) }
      return Self.removeWaiting(&state)
    }
    for job in waiting { job.continuation.resume(returning: .failure(.stopping)) }
  }

  /// True if no thread runs any more.
  package var isIdle: Bool { state.withLock { $0.threads == 0 } }
}

extension LiveVerifier {
  private func admit(_ job: Job) {
    let (rejection, startsThread) = state.withLock { state -> (VerificationRejection?, Bool) in
      if let rejection = reason(against: job, state) { return (rejection, false) }
      state.progress[job.icc.id] = VerificationProgress(iccVersion: job.icc.version, startedAt: settings.clock())
      state.queue.add(job, of: job.icc.organisation)
      let starts = state.threads < settings.concurrency
      if starts { state.threads += 1 }
      return (nil, starts)
    }
    if let rejection { return job.continuation.resume(returning: .failure(rejection)) }
    if startsThread, !startThread({ self.work() }) { giveUpThread() }
  }

  private func reason(against job: Job, _ state: borrowing State) -> VerificationRejection? {
    if state.isStopping { return .stopping }
    // Cancelled before it was here to be removed.
    if job.cancellation.isCancelled { return .abandoned }
    if state.progress[job.icc.id] != nil { return .inProgress }
    if let seconds = state.pauses.secondsLeft(of: job.icc.id, at: .now) { return .tooSoon(retryAfterSeconds: seconds) }
    // Those that a thread is free for do not wait.
    let places = settings.queueLength + settings.concurrency
    guard state.progress.count >= places else { return nil }
    return state.queue.contains(job.icc.organisation) ? .queueFull : nil
  }

  /// Without any thread, waiting verifications would never be taken.
  private func giveUpThread() {
    let stranded = state.withLock { state -> [Job] in
      state.threads -= 1
      return state.threads == 0 ? Self.removeWaiting(&state) : []
    }
    for job in stranded { job.continuation.resume(returning: .failure(.queueFull)) }
  }

  /// Frees the places of those whose client has gone while they wait.
  private func rejectAbandoned() {
    let abandoned = state.withLock { Self.removeWaiting(&$0) { $0.cancellation.isCancelled } }
    for job in abandoned { job.continuation.resume(returning: .failure(.abandoned)) }
  }

  private static func removeWaiting(_ state: inout State, where condition: (Job) -> Bool = { _ in true }) -> [Job] {
    let jobs = state.queue.removeAll(where: condition)
    for job in jobs { state.progress[job.icc.id] = nil }
    return jobs
  }

  /// Takes what waits, one after the other; the thread ends where nothing does.
  private func work() {
    while let (job, deadline) = next() {
      let id = job.icc.id
      let run = VerificationRun(
        settings: settings, icc: job.icc, role: job.role, trace: job.trace, deadline: deadline
      ) { check in
        self.state.withLock { $0.progress[id]?.note(check) }
      }
      let verification = run.verification()
      settings.observer(id, verification, job.trace)
      state.withLock { state in
        state.progress[id] = nil
        state.deadlines[id] = nil
        state.pauses.note(id, endedAt: .now)
        state.queue.finished(job.icc.organisation)
      }
      job.continuation.resume(returning: .success(verification))
    }
  }

  private func next() -> (Job, Deadline)? {
    state.withLock { state in
      guard let job = state.queue.next() else {
        state.threads -= 1
        return nil
      }
      let deadline = Deadline(milliseconds: settings.verificationMilliseconds)
      state.deadlines[job.icc.id] = deadline
      return (job, deadline)
    }
  }

  /// The organisation whose verification is next, for tests.
  var nextOrganisation: OrganisationID? { state.withLock { $0.queue.nextOwner } }
}
