import Synchronization
import System

/// The counts of one event loop: written by its thread, read by any.
final class LoopCounters: Sendable {
  let open = Atomic<Int>(0)
  let accepted = Atomic<Int>(0)
  let requests = Atomic<Int>(0)
  /// The counters that change too seldom to need an atomic of their own.
  private let rare = Locked(HTTPServerStatistics())

  func countError(status: Int) { rare.withLock { $0.errors[status, default: 0] += 1 } }

  func countCut(_ reason: HTTPCutReason) { rare.withLock { $0.cuts[reason, default: 0] += 1 } }

  func countAcceptPause() { rare.withLock { $0.acceptPauses += 1 } }

  var statistics: HTTPServerStatistics {
    var statistics = rare.withLock { $0 }
    statistics.open = open.load(ordering: .relaxed)
    statistics.accepted = accepted.load(ordering: .relaxed)
    statistics.requests = requests.load(ordering: .relaxed)
    return statistics
  }
}
