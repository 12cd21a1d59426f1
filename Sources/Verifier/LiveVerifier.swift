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
    let continuation: CheckedContinuation<Outcome, Never>
  }

  private struct State {
    var waiting: [Job] = []
    var running: [OrganisationID: Int] = [:]
    var progress: [ICCID: VerificationProgress] = [:]
    var deadlines: [ICCID: Deadline] = [:]
    var threads = 0
    var isStopping = false
  }

  private let settings: VerifierSettings
  private let startThread: ThreadStart
  private let state = Locked(State())

  /// A verifier with these settings.
  package init(_ settings: VerifierSettings, startThread: @escaping ThreadStart) {
    self.settings = settings
    self.startThread = startThread
  }

  package func verify(_ icc: ICC, trace: TraceContext?) async throws(VerificationRejection) -> Verification {
    guard let role = icc.userARN else { throw .notConfigured }
    let outcome = await withCheckedContinuation { continuation in
      admit(Job(icc: icc, role: role, trace: trace, continuation: continuation))
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
      for job in state.waiting { state.progress[job.icc.id] = nil }
      defer { state.waiting.removeAll() }
      return state.waiting
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
      state.waiting.append(job)
      let starts = state.threads < settings.concurrency
      if starts { state.threads += 1 }
      return (nil, starts)
    }
    if let rejection { return job.continuation.resume(returning: .failure(rejection)) }
    if startsThread, !startThread({ self.work() }) { giveUpThread() }
  }

  private func reason(against job: Job, _ state: borrowing State) -> VerificationRejection? {
    if state.isStopping { return .stopping }
    if state.progress[job.icc.id] != nil { return .inProgress }
    // Those that a thread is free for do not wait.
    let places = settings.queueLength + settings.concurrency
    guard state.progress.count >= places else { return nil }
    let organisation = job.icc.organisation
    let hasPlace = state.running[organisation] != nil || state.waiting.contains { $0.icc.organisation == organisation }
    return hasPlace ? .queueFull : nil
  }

  /// Without any thread, waiting verifications would never be taken.
  private func giveUpThread() {
    let stranded = state.withLock { state -> [Job] in
      state.threads -= 1
      guard state.threads == 0 else { return [] }
      for job in state.waiting { state.progress[job.icc.id] = nil }
      defer { state.waiting.removeAll() }
      return state.waiting
    }
    for job in stranded { job.continuation.resume(returning: .failure(.queueFull)) }
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
        let left = state.running[job.icc.organisation, default: 1] - 1
        state.running[job.icc.organisation] = left > 0 ? left : nil
      }
      job.continuation.resume(returning: .success(verification))
    }
  }

  private func next() -> (Job, Deadline)? {
    state.withLock { state in
      guard let index = Self.nextIndex(state) else {
        state.threads -= 1
        return nil
      }
      let job = state.waiting.remove(at: index)
      state.running[job.icc.organisation, default: 0] += 1
      let deadline = Deadline(milliseconds: settings.verificationMilliseconds)
      state.deadlines[job.icc.id] = deadline
      return (job, deadline)
    }
  }

  /// Returns the place of the job that is next: the oldest of the organisation with the fewest
  /// running; nil if none waits.
  private static func nextIndex(_ state: borrowing State) -> Int? {
    let (waiting, running) = (state.waiting, state.running)
    return waiting.indices.min { left, right in
      running[waiting[left].icc.organisation, default: 0] < running[waiting[right].icc.organisation, default: 0]
    }
  }

  /// The organisation whose verification is next, for tests.
  var nextOrganisation: OrganisationID? {
    state.withLock { state in Self.nextIndex(state).map { state.waiting[$0].icc.organisation } }
  }
}
