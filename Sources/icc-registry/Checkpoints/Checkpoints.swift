import AWSClient
import OpenSSLKit
import Registry
import System

/// Signs the end of the audit trail at an interval and keeps it outside of the database, on its own
/// thread. A target that fails is tried again, and disturbs nothing else.
final class Checkpoints: Sendable {
  /// The key, the target and the interval.
  struct Plan: Sendable {
    let key: Ed25519.PrivateKey
    let target: CheckpointTarget
    let intervalMilliseconds: Int
  }

  /// The seconds for which an instance has the lease of checkpoints.
  static let leaseSeconds = 20
  /// The time after which the lease is renewed, or asked for.
  private static let leaseMilliseconds = 5_000
  /// The time for one attempt.
  private static let attemptMilliseconds = 10_000
  /// The wait after the first failure; it doubles up to the interval.
  private static let retryMilliseconds = 5_000
  /// The time at the stop for the attempt that is in progress, and for the last one.
  private static let lastMilliseconds = 1_000

  private struct State {
    var counts = CheckpointCounts()
    /// The end that the last checkpoint has. An empty trail needs none.
    var head = AuditHead.start
    var deadline: Deadline?
    var isStopping = false
    /// True if this instance had the lease when it last asked.
    var hasLease = false
  }

  private let plan: Plan
  private let readHead: @Sendable () throws -> AuditHead
  private let takeLease: (@Sendable () throws -> Bool)?
  private let log: Log
  private let state = Locked(State())
  private let stopping: WakeUp
  private let stopped: WakeUp

  /// Starts the thread. `readHead` returns the end of the audit trail. `takeLease` takes or renews
  /// the lease of the job; nil if no other instance can do it.
  init(
    _ plan: Plan, _ log: Log, takeLease: (@Sendable () throws -> Bool)?,
    readHead: @escaping @Sendable () throws -> AuditHead
  ) throws(SystemError) {
    self.takeLease = takeLease
    self.plan = plan
    self.log = log
    self.readHead = readHead
    stopping = try WakeUp()
    stopped = try WakeUp()
    state.withLock { $0.counts.last = .now }
    try SystemThread.detach { self.run() }
  }

  /// The counts since the start.
  var counts: CheckpointCounts { state.withLock { $0.counts } }

  /// Makes one last checkpoint and ends, within about two seconds, whatever the target does.
  func stop() {
    let deadline = state.withLock { state in
      state.isStopping = true
      return state.deadline
    }
    deadline?.shorten(toMilliseconds: Self.lastMilliseconds)
    stopping.signal()
    stopped.wait(milliseconds: Int32(2 * Self.lastMilliseconds))
  }

  private func run() {
    var retry = min(Self.retryMilliseconds, plan.intervalMilliseconds)
    repeat {
      let isKept = attempt(milliseconds: Self.attemptMilliseconds)
      let wait = isKept ? plan.intervalMilliseconds : retry
      retry = isKept ? Self.retryMilliseconds : min(2 * retry, plan.intervalMilliseconds)
      if waits(milliseconds: wait) { break }
    } while true
    attempt(milliseconds: Self.lastMilliseconds)
    stopped.signal()
  }

  /// Waits, and renews the lease meanwhile. Returns early if the lease comes from another instance,
  /// and true at the stop.
  private func waits(milliseconds: Int) -> Bool {
    guard takeLease != nil else { return stopping.wait(milliseconds: Int32(clamping: milliseconds)) }
    let end = Instant.now.advanced(milliseconds: milliseconds)
    while Instant.now < end {
      let left = min(Self.leaseMilliseconds, Instant.now.milliseconds(until: end) + 1)
      if stopping.wait(milliseconds: Int32(clamping: left)) { return true }
      let had = state.withLock { $0.hasLease }
      if let has = try? renewLease(), has && !had { return false }
    }
    return false
  }

  /// Takes or renews the lease. Returns false if another instance has it.
  private func renewLease() throws -> Bool {
    guard let takeLease else { return true }
    do {
      let has = try takeLease()
      state.withLock { $0.hasLease = has }
      return has
    } catch {
      state.withLock { $0.hasLease = false }
      throw error
    }
  }

  /// Keeps a checkpoint if there are events since the last one, unless another instance does it;
  /// false if that failed.
  @discardableResult
  private func attempt(milliseconds: Int) -> Bool {
    let deadline = Deadline(milliseconds: milliseconds)
    state.withLock { state in
      state.deadline = deadline
      if state.isStopping { deadline.shorten(toMilliseconds: Self.lastMilliseconds) }
    }
    do {
      guard try renewLease() else {
        state.withLock { $0.counts.last = .now }
        return true
      }
      let head = try readHead()
      if head != state.withLock({ $0.head }) { try keep(head, until: deadline) }
      state.withLock { $0.counts.last = .now }
      return true
    } catch {
      state.withLock { $0.counts.failed += 1 }
      log.event(.error, "checkpoint-failed") { line in
        line.field("reason", (error as? CheckpointError)?.reason ?? "\(error)")
      }
      return false
    }
  }

  private func keep(_ head: AuditHead, until deadline: Deadline) throws(CheckpointError) {
    guard let checkpoint = AuditCheckpoint(of: head, at: .now, key: plan.key) else {
      throw CheckpointError(reason: "libcrypto cannot sign")
    }
    try plan.target.keep(checkpoint.line, until: deadline)
    state.withLock { state in
      state.head = head
      state.counts.kept += 1
    }
    log.event(.info, "checkpoint") { $0.field("head", head.description) }
  }
}
