package import System

/// The server's counters since its start, for metrics.
package struct HTTPServerStatistics: Sendable, Equatable {
  /// Connections open now.
  package var open = 0
  /// Connections accepted.
  package var accepted = 0
  /// Requests handed to the handler.
  package var requests = 0
  /// Messages and connections rejected, by the status that they were answered with.
  package var errors: [Int: Int] = [:]
  /// Connections cut without an answer, by the reason.
  package var cuts: [HTTPCutReason: Int] = [:]
  /// The number of times that accepting paused because descriptors or memory ran out.
  package var acceptPauses = 0
  /// Connections open now, by their state. One that is being accepted has none yet.
  package var states: [HTTPConnectionState: Int] = [:]
  /// The seconds for which a loop worked before it looked at its sockets again: the longest time
  /// that a ready socket waited.
  package var turns = Histogram(Histogram.durations)
  /// The seconds for which the loop that is busy longest has not looked at its sockets.
  package var longestTurn = 0.0

  mutating func add(_ other: HTTPServerStatistics) {
    open += other.open
    accepted += other.accepted
    requests += other.requests
    errors.merge(other.errors, uniquingKeysWith: +)
    cuts.merge(other.cuts, uniquingKeysWith: +)
    acceptPauses += other.acceptPauses
    states.merge(other.states, uniquingKeysWith: +)
    turns.add(other.turns)
    longestTurn = max(longestTurn, other.longestTurn)
  }
}
