import Synchronization

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
    lists.set(nil, slot: connection.slot)
    table.remove(connection)
    system.close(connection.descriptor)
    addresses?.remove(connection.info.peerAddress)
    counters.open.subtract(1, ordering: .relaxed)
    resumeAccepting()
  }

  /// How long the loop may wait for events, in milliseconds; -1 without end.
  var patience: Int32 {
    var next = [acceptPause, drainDeadline].compactMap(\.self).min()
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
