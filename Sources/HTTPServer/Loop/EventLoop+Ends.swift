import Synchronization
import System

/// How connections and the loop itself end.
extension EventLoop {
  /// Closes a connection without an answer.
  func cut(_ connection: Connection, _ reason: HTTPCutReason) {
    report(connection, reason)
    close(connection)
  }

  /// Counts and tells that a connection is cut.
  func report(_ connection: Connection, _ reason: HTTPCutReason) {
    counters.countCut(reason)
    observer?.observed(.cut(reason, connection.info))
  }

  /// Closes a connection and forgets it.
  func close(_ connection: Connection) {
    connection.machine.close()
    count(.nothing, heldBy: connection)
    lists.set(nil, slot: connection.slot)
    table.remove(connection)
    system.close(connection.descriptor)
    addresses?.remove(connection.info.peerAddress)
    counters.open.subtract(1, ordering: .relaxed)
    resumeAccepting()
  }

  /// Takes over into the loop's sum what a connection's client makes it hold.
  func count(_ part: HeldOutput.Part, heldBy connection: Connection) {
    guard part != connection.held else { return }
    held.change(from: connection.held, to: part)
    connection.held = part
  }

  /// Cuts those that have stalled longest, and then those that pipeline, while all of them together hold too much. The last one stays,
  /// however long its answer is.
  func enforceHeldOutputLimit() {
    for kind in [Wait.Kind.reader, .turn] {
      while held.total > settings.maxHeldForReaders, lists.hasSeveral(kind), let (slot, _) = lists.first(kind),
        let connection = table[slot: slot]
      {
        cut(connection, .stalledReader)
      }
    }
  }

  /// How long the loop may wait for events, in milliseconds; -1 without end.
  var pollTimeoutMilliseconds: Int32 {
    var next = [acceptPause, drainDeadline, memory.due].compactMap(\.self).min()
    for kind in Wait.Kind.allCases {
      guard let (_, since) = lists.first(kind) else { continue }
      let due = since.advanced(milliseconds: settings.deadlines.period(of: kind))
      next = next.map { min($0, due) } ?? due
    }
    return next.map { Int32(clamping: now.milliseconds(until: $0)) } ?? -1
  }

  /// Ends the waits that have lasted their period.
  func expire() {
    for kind in Wait.Kind.allCases {
      while let (slot, since) = lists.first(kind),
        since.advanced(milliseconds: settings.deadlines.period(of: kind)) <= now,
        let connection = table[slot: slot]
      {
        if let reason = connection.machine.expired(at: now) {
          cut(connection, reason)
        } else {
          advance(connection)
        }
      }
    }
    memory.note(open: table.count, at: now)
    if memory.isDue(open: table.count, at: now) { system.returnMemory() }
    if let pause = acceptPause, pause <= now { resumeAccepting() }
    if let deadline = drainDeadline, deadline <= now {
      for connection in table.all { cut(connection, .drain) }
    }
  }

  /// Accepts what is queued, then no more; ends what is idle and lets the rest finish.
  func beginDraining() {
    drainDeadline = now.advanced(milliseconds: settings.deadlines.drain)
    // Bounded, since a flood could fill the queue as fast as it is emptied.
    var turns = 0
    while turns < 64 && accept() { turns += 1 }
    listener = nil
    for connection in table.all {
      connection.machine.drain()
      // A request that the kernel holds already is answered still.
      guard !connection.machine.isIdle || receive(connection) else { continue }
      advance(connection)
    }
  }
}
