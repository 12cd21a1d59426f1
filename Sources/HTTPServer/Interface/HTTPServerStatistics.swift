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

  mutating func add(_ other: HTTPServerStatistics) {
    open += other.open
    accepted += other.accepted
    requests += other.requests
    errors.merge(other.errors, uniquingKeysWith: +)
    cuts.merge(other.cuts, uniquingKeysWith: +)
    acceptPauses += other.acceptPauses
  }
}
