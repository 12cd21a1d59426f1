import Glibc
import HTTPWire
import Synchronization
import System

/// How new connections come in, and who makes room for them.
extension EventLoop {
  /// So many connections in one turn, so that those already open get theirs.
  private static var acceptsPerTurn: Int { 64 }
  /// An idle connection or a head younger than this is spared while there is an older one: it may be an honest client's that
  /// has not come to send its request.
  private static var minimumEvictionAge: Int { 1000 }
  /// How long nothing is accepted after descriptors or memory ran out.
  private static var pauseMilliseconds: Int { 100 }

  /// Accepts what is queued, up to a turn's share; false once the queue is empty or accepting is paused.
  @discardableResult
  func accept() -> Bool {
    guard let listener else { return false }
    for _ in 0..<Self.acceptsPerTurn {
      guard hasRoom || canReject else {
        pauseAccepting(errno: nil)
        return false
      }
      switch system.accept(listener.descriptor.number) {
      case .connection(let descriptor, let info):
        // Only now is it certain that somebody needs the room.
        if table.count >= cap { _ = makeRoom() }
        admit(descriptor, info)
      case .failure(EAGAIN): return false
      // accept(2): the end of one connection in the queue says nothing of the next.
      case .failure(EINTR), .failure(ECONNABORTED), .failure(EPROTO), .failure(EPERM): continue
      case .failure(let errno):
        guard errno == EMFILE, makeRoom() else {
          pauseAccepting(errno: errno)
          return false
        }
      }
    }
    return true
  }

  /// Whether there is room, or somebody who makes it: all but requests under way.
  private var hasRoom: Bool {
    table.count < cap || Wait.Kind.allCases.contains { lists.first($0) != nil }
  }

  /// Whether the house has been full for so long that the next ones are told so, out of the reserve.
  private var canReject: Bool {
    guard let fullSince, table.count < cap + settings.maxRejectedAtOnce else { return false }
    return now >= fullSince.advanced(milliseconds: settings.rejectAfterMilliseconds)
  }

  private func admit(_ descriptor: Int32, _ info: HTTPConnectionInfo) {
    let (slot, generation) = table.takeSlot()
    let machine = ConnectionMachine(settings: settings, now: now)
    let connection = Connection(
      descriptor: descriptor, info: info, slot: slot, generation: generation, machine: machine)
    table.insert(connection)
    lists.reserve(slot: slot)
    counters.open.add(1, ordering: .relaxed)
    counters.accepted.add(1, ordering: .relaxed)
    if addresses?.add(info.peerAddress) == false {
      connection.machine.refuse(HTTPFault(429, "Too many connections from this address.", retryAfter: 1))
    }
    if table.count > cap {
      connection.machine.refuse(HTTPFault(503, "Every connection is busy.", retryAfter: 1))
    }
    guard system.watch(poller.number, .add, descriptor, .input, tag: connection.tag) >= 0 else {
      return cut(connection, .reset)
    }
    // The request has often come with the connection: a client that waited in the queue is served now.
    guard !connection.machine.wantsInput || receive(connection) else { return }
    advance(connection)
  }

  /// Closes the connection that has waited longest without a request under way, or else the slowest head, body or reader,
  /// or one of those that pipeline.
  private func makeRoom() -> Bool {
    let old =
      now.nanoseconds < UInt64(Self.minimumEvictionAge) * 1_000_000
      ? now : Instant(nanoseconds: now.nanoseconds - UInt64(Self.minimumEvictionAge) * 1_000_000)
    let order = [Wait.Kind.idle, .lingering, .head, .body, .reader, .turn]
    for kind in order where evict(kind, since: old) { return true }
    for kind in order where evict(kind, since: now) { return true }
    return false
  }

  /// Evicts the first of a list if its wait began so early. A request that has come meanwhile is answered instead.
  private func evict(_ kind: Wait.Kind, since latest: Instant) -> Bool {
    while let (slot, since) = lists.first(kind), since <= latest, let connection = table[slot: slot] {
      if kind == .idle {
        guard receive(connection) else { return true }
        advance(connection)
        if table[slot: slot] == nil { return true }
        if lists.first(kind)?.slot != slot { continue }
      }
      cut(connection, .evicted)
      return true
    }
    return false
  }

  private func pauseAccepting(errno: Int32?) {
    acceptPause = now.advanced(milliseconds: Self.pauseMilliseconds)
    watchListener([])
    guard let errno else {
      fullSince = fullSince ?? now
      return
    }
    counters.countAcceptPause()
    observer?.observed(.acceptPaused(errno: errno))
  }

  /// Accepts again: the pause is over, or a connection has closed.
  func resumeAccepting() {
    if table.count < cap { fullSince = nil }
    guard acceptPause != nil else { return }
    acceptPause = nil
    watchListener(.input)
  }

  private func watchListener(_ interest: Interest) {
    guard let listener else { return }
    // Modifying what is already watched needs no memory and cannot fail.
    _ = system.watch(poller.number, .modify, listener.descriptor.number, interest, tag: PollTag.listener)
  }
}
