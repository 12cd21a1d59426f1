import HTTPWire
import System

/// Counts what the connections of a loop hold, and cuts the largest when all loops together hold
/// too much.
extension EventLoop {
  /// Counts what a connection holds now.
  func countMemory(of connection: Connection) {
    var held = connection.machine.heldForReader
    var input = connection.machine.inputInFlight
    if let transport = connection.transport {
      if held.isNothing { input += transport.heldBytes } else { held.own += transport.heldBytes }
    }
    count(held, heldBy: connection)
    count(input: input, heldBy: connection)
  }

  /// Counts nothing any more for a connection that closes.
  func releaseMemory(of connection: Connection) {
    count(.nothing, heldBy: connection)
    count(input: 0, heldBy: connection)
  }

  private func count(_ part: HeldOutput.Part, heldBy connection: Connection) {
    guard part != connection.held else { return }
    let holders = (part.isNothing ? 0 : 1) - (connection.held.isNothing ? 0 : 1)
    limits.heldOutput.change(bytes: held.change(from: connection.held, to: part), holders: holders)
    connection.held = part
  }

  private func count(input bytes: Int, heldBy connection: Connection) {
    guard bytes != connection.input else { return }
    limits.input.change(
      bytes: bytes - connection.input, holders: (bytes > 0 ? 1 : 0) - (connection.input > 0 ? 1 : 0))
    connection.input = bytes
  }

  /// Cuts the largest holders of output that their clients do not read.
  func enforceHeldOutputLimit() {
    enforce(limits.heldOutput, &seesOutputPressure, { self.held.size(of: $0.held) }) { cut($0, .stalledReader) }
  }

  /// Answers the largest unfinished requests with `503`.
  func enforceInputLimit() {
    enforce(limits.input, &seesInputPressure, { $0.input }) { connection in
      connection.machine.reject(HTTPError(503, "Too much request content is arriving at once.", retryAfter: 1))
      advance(connection)
      // Whatever state it was in, its memory must become free now.
      if connection.input > 0 { cut(connection, .evicted) }
    }
  }

  /// `isUnderPressure` is whether the loop's largest holder is published.
  private func enforce(
    _ budget: MemoryBudget, _ isUnderPressure: inout Bool, _ size: (Connection) -> Int, _ cut: (Connection) -> Void
  ) {
    guard budget.isExceeded else {
      if isUnderPressure { budget.publish(nil, of: index) }
      isUnderPressure = false
      return
    }
    isUnderPressure = true
    // Of two of one size the one that has waited longer goes first: it is less often honest.
    var holders = table.all.filter { size($0) > 0 }.sorted {
      let (first, second) = (size($0), size($1))
      return first == second ? $0.waitsSince > $1.waitsSince : first < second
    }
    while budget.isExceeded {
      switch budget.decision(for: index, size: holders.last.map(size) ?? 0) {
      case .cut:
        guard let largest = holders.popLast() else { return }
        cut(largest)
      case .wakeOthers: return limits.wakeOthers(than: executor.wakeUp)
      }
    }
  }
}
