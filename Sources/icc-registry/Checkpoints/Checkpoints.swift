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
  }

  private let plan: Plan
  private let readHead: @Sendable () throws -> AuditHead
  private let log: Log
  private let state = Locked(State())
  private let stopping: WakeUp
  private let stopped: WakeUp

  /// Starts the thread. `readHead` returns the end of the audit trail.
  init(_ plan: Plan, _ log: Log, readHead: @escaping @Sendable () throws -> AuditHead) throws(SystemError) {
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
      if stopping.wait(milliseconds: Int32(clamping: wait)) { break }
    } while true
    attempt(milliseconds: Self.lastMilliseconds)
    stopped.signal()
  }

  /// Keeps a checkpoint if there are events since the last one; false if that failed.
  @discardableResult
  private func attempt(milliseconds: Int) -> Bool {
    let deadline = Deadline(milliseconds: milliseconds)
    state.withLock { state in
      state.deadline = deadline
      if state.isStopping { deadline.shorten(toMilliseconds: Self.lastMilliseconds) }
    }
    do {
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
