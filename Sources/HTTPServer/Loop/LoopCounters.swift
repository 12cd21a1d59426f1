import Synchronization
import System

/// The counts of one event loop: written by its thread, read by any.
final class LoopCounters: Sendable {
  let open = Atomic<Int>(0)
  let accepted = Atomic<Int>(0)
  let requests = Atomic<Int>(0)
  /// The start of the present turn in nanoseconds; 0 while the loop waits.
  private let turnBegan = Atomic<UInt64>(0)
  private let turns = Locked(Histogram(Histogram.durations))
  /// The counts that do not change with each request that is answered at once: they need no atomic
  /// of their own.
  private let rare = Locked(HTTPServerStatistics())

  func countError(status: Int) { rare.withLock { $0.errors[status, default: 0] += 1 } }

  func countCut(_ reason: HTTPCutReason) { rare.withLock { $0.cuts[reason, default: 0] += 1 } }

  func countAcceptPause() { rare.withLock { $0.acceptPauses += 1 } }

  /// Moves a connection from one state to another; nil is before its first and after its last.
  func countMove(from old: HTTPConnectionState?, to new: HTTPConnectionState?) {
    rare.withLock { statistics in
      if let old { statistics.states[old, default: 0] -= 1 }
      if let new { statistics.states[new, default: 0] += 1 }
    }
  }

  /// Notes that the loop has waited and has work from now on.
  func beginTurn(at now: Instant) {
    turnBegan.store(now.nanoseconds, ordering: .relaxed)
  }

  /// Notes that the loop looks at its sockets again.
  func endTurn(at now: Instant) {
    let began = turnBegan.exchange(0, ordering: .relaxed)
    guard began > 0 else { return }
    turns.withLock { $0.record(Instant(nanoseconds: began).seconds(until: now)) }
  }

  var statistics: HTTPServerStatistics {
    var statistics = rare.withLock { $0 }
    statistics.open = open.load(ordering: .relaxed)
    statistics.accepted = accepted.load(ordering: .relaxed)
    statistics.requests = requests.load(ordering: .relaxed)
    statistics.turns = turns.withLock { $0 }
    let began = turnBegan.load(ordering: .relaxed)
    if began > 0 { statistics.longestTurn = Instant(nanoseconds: began).seconds(until: .now) }
    return statistics
  }
}
