import Synchronization
import System

/// Ends connections and the loop itself.
extension EventLoop {
  /// The maximum number of reads from a socket before its connection's deadline is enforced: more
  /// than a body needs.
  private static var readsBeforeDeadline: Int { 32 }

  /// Closes a connection without a response.
  func cut(_ connection: Connection, _ reason: HTTPCutReason) {
    report(connection, reason)
    close(connection)
  }

  /// Counts and reports a connection that is cut.
  func report(_ connection: Connection, _ reason: HTTPCutReason) {
    counters.countCut(reason)
    observer?.observed(.cut(reason, connection.info))
  }

  /// Closes a connection and forgets it. A handler that is still working for it is cancelled.
  func close(_ connection: Connection) {
    connection.task?.cancel()
    connection.machine.close()
    _ = connection.transport?.endOutput()
    releaseMemory(of: connection)
    lists.set(nil, slot: connection.slot)
    note(nil, of: connection)
    table.remove(connection)
    system.close(connection.descriptor)
    if connection.isCountedForAddress { limits.addresses?.remove(connection.info.peerAddress) }
    limits.removeConnection()
    counters.open.subtract(1, ordering: .relaxed)
    resumeAccepting()
  }

  /// The time that the loop may wait for events, in milliseconds; -1 without limit.
  var pollTimeoutMilliseconds: Int32 {
    var next = [acceptPause, drainDeadline, firstRequestDeadline, memory.due].compactMap(\.self).min()
    for kind in Wait.Kind.allCases {
      guard let (_, since) = lists.first(kind) else { continue }
      let due = since.advanced(milliseconds: settings.deadlines.period(of: kind))
      next = next.map { min($0, due) } ?? due
    }
    return next.map { Int32(clamping: now.milliseconds(until: $0)) } ?? -1
  }

  /// Ends the waits that have lasted their period, and does what else is due.
  func expire() {
    for kind in Wait.Kind.allCases {
      let period = settings.deadlines.period(of: kind)
      while let (slot, since) = lists.first(kind), since.advanced(milliseconds: period) <= now,
        let connection = table[slot: slot]
      {
        expire(connection)
      }
    }
    memory.note(open: table.count, at: now)
    if memory.isDue(open: table.count, at: now) { system.returnMemory() }
    if let pause = acceptPause, pause <= now { resumeAccepting() }
    if let deadline = firstRequestDeadline, deadline <= now { endSparing() }
    if let deadline = drainDeadline, deadline <= now {
      for connection in table.all { cut(connection, .drain) }
    }
  }

  /// Looks into the socket first: after the process was stopped for a while, or its machine slept,
  /// a client that kept its deadline must not pay for it.
  private func expire(_ connection: Connection) {
    let wait = connection.machine.wait
    lookIntoSocket(of: connection)
    guard table[slot: connection.slot] === connection, connection.machine.wait == wait else { return }
    if let reason = connection.machine.expired(at: now) {
      cut(connection, reason)
    } else {
      advance(connection)
    }
  }

  /// Reads and writes what the socket has ready. The connection may be closed afterwards.
  func lookIntoSocket(of connection: Connection) {
    let wait = connection.machine.wait
    if wait?.kind == .reader {
      connection.machine.writable()
      return advance(connection)
    }
    guard wait?.kind.isForInput == true else { return }
    for _ in 0..<Self.readsBeforeDeadline where connection.machine.needsInput && connection.machine.wait == wait {
      guard let count = receiveOnce(connection) else { return }
      advance(connection)
      if count == 0 || table[slot: connection.slot] !== connection { return }
    }
  }

  /// Accepts what is queued, then nothing more. Idle connections end, except that those without a
  /// request so far may send one for a moment; requests in progress are answered.
  func beginDraining() {
    drainDeadline = now.advanced(milliseconds: settings.deadlines.drain)
    firstRequestDeadline = now.advanced(
      milliseconds: min(settings.deadlines.firstRequestWhileDraining, settings.deadlines.drain))
    // Bounded, because a flood could fill the queue as fast as it is emptied.
    var turns = 0
    while turns < 64 && accept() { turns += 1 }
    stopAccepting()
    for connection in table.all {
      connection.machine.drain(sparingNew: true)
      // A request that the kernel already holds is answered.
      guard !connection.machine.isIdle || receive(connection) else { continue }
      advance(connection)
    }
  }

  /// Ends the connections that were spared to send their first request.
  private func endSparing() {
    firstRequestDeadline = nil
    for connection in table.all {
      connection.machine.drain(sparingNew: false)
      guard !connection.machine.isIdle || receive(connection) else { continue }
      advance(connection)
    }
  }
}
