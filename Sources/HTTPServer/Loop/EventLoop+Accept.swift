import Glibc
import HTTPWire
import Synchronization
import System

/// Accepts new connections, and evicts old ones for them.
extension EventLoop {
  /// The maximum number of connections accepted per turn, so that open connections get their turn.
  private static var acceptsPerTurn: Int { 64 }
  /// The age in milliseconds at which an idle connection, a head or a body may be evicted before
  /// its turn by age. A younger one may belong to an honest client on a slow line.
  private static var minimumEvictionAge: Int { 1000 }
  /// The maximum number of connections that turn out to have sent something when they are about to
  /// be evicted.
  private static var evictionAttempts: Int { 64 }
  /// The time, in milliseconds, in which nothing is accepted after descriptors or memory ran out.
  private static var pauseMilliseconds: Int { 100 }

  /// Accepts queued connections of all listeners; false if their queues are empty or accepting is
  /// paused.
  @discardableResult
  func accept() -> Bool {
    listeners.reduce(false) { accept(from: $1) || $0 }
  }

  /// Accepts queued connections, up to the maximum per turn; false if the queue is empty or
  /// accepting is paused.
  @discardableResult
  func accept(from listener: ListeningSocket) -> Bool {
    for _ in 0..<Self.acceptsPerTurn {
      guard hasCapacity || canReject else {
        pauseAccepting(errno: nil)
        return false
      }
      switch system.accept(listener.descriptor.number) {
      case .connection(let descriptor, let info): admit(descriptor, info, listener.isLocal ? nil : security)
      case .failure(EAGAIN): return false
      // accept(2): these concern one connection of the queue, not the next.
      case .failure(EINTR), .failure(ECONNABORTED), .failure(EPROTO), .failure(EPERM): continue
      // The kernel takes a descriptor before it looks into the queue. No connection is evicted for
      // one that does not exist.
      case .failure(EMFILE) where !system.hasQueuedConnection(listener.descriptor.number): return false
      case .failure(let errno):
        guard errno == EMFILE, evictOne() else {
          pauseAccepting(errno: errno)
          return false
        }
      }
    }
    return true
  }

  /// True if there is room, or a connection that can be evicted.
  private var hasCapacity: Bool {
    limits.openConnections < limits.maxConnections
      || Wait.Kind.allCases.contains { $0 != .rejected && lists.first($0) != nil }
  }

  /// True if every connection has been busy for so long that new ones are answered `503`, from the
  /// reserve of descriptors.
  private var canReject: Bool {
    guard let fullSince, now >= fullSince.advanced(milliseconds: settings.rejectAfterMilliseconds) else { return false }
    return limits.openConnections < limits.maxConnections + settings.maxRejectedAtOnce || lists.first(.rejected) != nil
  }

  private func admit(_ descriptor: Int32, _ info: HTTPConnectionInfo, _ security: (any SecureTransportSource)?) {
    let (slot, generation) = table.takeSlot()
    let hasProxyHeader = settings.proxyProtocolPeers.contains { $0.contains(info.peerAddress) }
    let machine = ConnectionMachine(settings: settings, now: now, isSecuring: security != nil || hasProxyHeader)
    let connection = Connection(
      descriptor: descriptor, info: info, slot: slot, generation: generation, machine: machine)
    connection.transport = security?.transport(for: descriptor)
    if hasProxyHeader { connection.proxyHeader = ProxyHeader() }
    table.insert(connection)
    lists.reserve(slot: slot)
    counters.open.add(1, ordering: .relaxed)
    counters.accepted.add(1, ordering: .relaxed)
    if !hasProxyHeader { countForAddress(connection) }
    if !limits.addConnection(), !evictDownToMaximum() {
      reject(connection, HTTPError(503, "Every connection is busy.", retryAfter: 1))
    }
    guard system.watch(poller.number, .add, descriptor, .input, tag: connection.tag) >= 0,
      security == nil || connection.transport != nil
    else {
      return cut(connection, .reset)
    }
    // The request has often arrived with the connection: a client that waited in the queue is
    // served now.
    guard !connection.machine.needsInput || receive(connection) else { return }
    advance(connection)
  }

  /// Counts the connection for its client's address; false if the address has too many, and this
  /// one is rejected.
  @discardableResult
  func countForAddress(_ connection: Connection) -> Bool {
    guard let addresses = limits.addresses else { return true }
    connection.isCountedForAddress = addresses.add(connection.info.peerAddress)
    guard !connection.isCountedForAddress else { return true }
    reject(connection, HTTPError(429, "Too many connections from this address.", retryAfter: 1))
    return false
  }

  /// Rejects a new connection. An encrypted one ends without a response, which would cost a
  /// handshake.
  private func reject(_ connection: Connection, _ error: HTTPError) {
    if connection.transport == nil { connection.machine.secured() }
    if connection.machine.isSecuring { report(connection, .evicted) }
    connection.machine.reject(error)
  }

  private func evictDownToMaximum() -> Bool {
    while limits.openConnections > limits.maxConnections {
      if !evictOne() { return false }
    }
    return true
  }

  /// Evicts one connection; false if every connection has a request in progress.
  ///
  /// Rejected and lingering connections go first, since they have their response. Then heads and
  /// bodies that have taken more than a second, then idle connections of that age. If all are
  /// younger, the oldest goes: under a flood, a connection that arrived just now belongs to an
  /// honest client more often than one that has been trickling for longer.
  @discardableResult
  func evictOne() -> Bool {
    let age = UInt64(Self.minimumEvictionAge) * 1_000_000
    let old = Instant(nanoseconds: now.nanoseconds > age ? now.nanoseconds - age : 0)
    return evictOldest(of: [.rejected], since: now) || evictOldest(of: [.lingering], since: now)
      || evictOldest(of: [.head, .body], since: old) || evictOldest(of: [.idle], since: old)
      || evictOldest(of: Wait.Kind.allCases, since: now)
  }

  /// Evicts the connection with the longest wait of these kinds, if the wait began by `latest`. A
  /// connection whose request is already in the socket is served instead.
  private func evictOldest(of kinds: [Wait.Kind], since latest: Instant) -> Bool {
    for _ in 0..<Self.evictionAttempts {
      guard let kind = lists.oldest(of: kinds), let (slot, since) = lists.first(kind), since <= latest,
        let connection = table[slot: slot]
      else { return false }
      if kind.isForInput {
        let wait = connection.machine.wait
        lookIntoSocket(of: connection)
        if table[slot: slot] == nil { return true }
        if connection.machine.wait != wait { continue }
      }
      cut(connection, .evicted)
      return true
    }
    return false
  }

  private func pauseAccepting(errno: Int32?) {
    acceptPause = now.advanced(milliseconds: Self.pauseMilliseconds)
    watchListeners([])
    guard let errno else {
      fullSince = fullSince ?? now
      return limits.requestEviction(for: executor.wakeUp)
    }
    counters.countAcceptPause()
    observer?.observed(.acceptPaused(errno: errno))
  }

  /// Accepts again: the pause is over, or a connection has closed.
  func resumeAccepting() {
    if limits.openConnections < limits.maxConnections { fullSince = nil }
    guard acceptPause != nil else { return }
    acceptPause = nil
    watchListeners(.input)
  }

  private func watchListeners(_ interest: Interest) {
    for (index, listener) in listeners.enumerated() {
      // Modifying an existing entry needs no memory and cannot fail.
      _ = system.watch(poller.number, .modify, listener.descriptor.number, interest, tag: PollTag.listener(index))
    }
  }

  /// Accepts nothing more. Another loop or process may hold the sockets too, so that they stay in
  /// the poller.
  func stopAccepting() {
    watchListeners([])
    listeners = []
  }
}
