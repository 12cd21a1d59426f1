import Glibc
import Synchronization
import System

/// Runs an event loop's jobs on the loop's own thread: what another thread resumes comes back here.
/// Wakes the loop at most once however many jobs arrive while it sleeps, and not at all while it is
/// awake.
final class LoopExecutor: SerialExecutor, TaskExecutor {
  /// Watched by the loop's poller; every write is one edge.
  let wakeUp: WakeUp
  private let jobs = JobList()
  private let isAsleep = Atomic<Bool>(false)
  /// The thread's `pthread_self`; 0 before it runs.
  private let thread = Atomic<UInt>(0)
  private let drainRequest = Atomic<Bool>(false)

  init() throws(HTTPServerError) {
    wakeUp = try HTTPServerError.translating { () throws(SystemError) in try WakeUp() }
  }

  func enqueue(_ job: consuming ExecutorJob) {
    jobs.append(UnownedJob(job))
    // After the append: a loop that has not seen the job has set `isAsleep` before, under the same
    // lock.
    if isAsleep.exchange(false, ordering: .acquiringAndReleasing) { wakeUp.signal() }
  }

  /// Asks the loop to drain; it finds out at its next turn, which begins now.
  func requestDrain() {
    drainRequest.store(true, ordering: .releasing)
    wakeUp.signal()
  }

  var isDrainRequested: Bool { drainRequest.load(ordering: .acquiring) }

  /// Called by the loop's thread before anything else.
  func adoptThread() {
    thread.store(Self.currentThread, ordering: .releasing)
  }

  /// Called before the loop waits; false if jobs are there and it must not.
  func fallAsleep() -> Bool {
    jobs.isEmpty { isAsleep.store(true, ordering: .releasing) }
  }

  /// Called when the loop has waited: from now on it looks for jobs by itself.
  func awake() {
    isAsleep.store(false, ordering: .releasing)
  }

  /// Runs the jobs that are there, but not those that they add: sockets get their turn between.
  func runJobs() {
    for job in jobs.takeAll() {
      unsafe job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
    }
  }

  func checkIsolated() {
    precondition(isIsolatingCurrentContext() == true, "an event loop's state was touched from another thread")
  }

  func isIsolatingCurrentContext() -> Bool? {
    thread.load(ordering: .acquiring) == Self.currentThread
  }

  private static var currentThread: UInt { UInt(pthread_self()) }
}
