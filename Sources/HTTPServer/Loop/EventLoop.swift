import Glibc
import HTTPWire
import Synchronization
import System

/// One thread with its poller, its listeners and the connections that it accepts.
///
/// It is an actor whose executor is the loop's own thread. The compiler ensures that no other
/// thread touches its state. A handler that responds later runs on this thread too, because its
/// task prefers this executor.
actor EventLoop<System: SystemCalls> {
  nonisolated let executor: LoopExecutor
  nonisolated let counters = LoopCounters()
  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

  let index: Int
  let system: System
  let settings: HTTPServerSettings
  let limits: SharedLimits
  let security: (any SecureTransportSource)?
  let handler: any HTTPRequestHandler
  let observer: (any HTTPServerObserver)?
  let poller: Descriptor
  var listeners: [ListeningSocket]
  var table = ConnectionTable()
  var lists = WaitingLists()
  var now: Instant
  /// The end of the pause in accepting; it ends earlier when a connection closes.
  var acceptPause: Instant?
  /// The time since when every connection has had a request in progress; nil while there is room.
  var fullSince: Instant?
  var drainDeadline: Instant?
  /// The end of the time in which a drain spares connections that have not sent a request.
  var firstRequestDeadline: Instant?
  var held = HeldOutput()
  var seesOutputPressure = false
  var seesInputPressure = false
  var memory = MemoryReturn()
  private var events = EventBuffer()
  var received = ReceiveBuffer()
  private var buffers = OutputBuffers(maximumCount: EventLoop.maxGatheredResponses)
  private var unsent: [Connection] = []
  private var date = DateCache()
  private var wallClock = 0
  /// The tags of connections that have had their share of a turn and still have requests to be
  /// answered.
  private var unfinished = Fifo<UInt64>()
  /// After this moment a pipelining connection gets one response at a time.
  private var batchDeadline = Instant(nanoseconds: 0)

  /// A loop with this number, from 0, among the loops of its server.
  init(
    _ index: Int, listeners: [ListeningSocket], settings: HTTPServerSettings, limits: SharedLimits,
    security: (any SecureTransportSource)?, handler: any HTTPRequestHandler, observer: (any HTTPServerObserver)?,
    system: System
  ) throws(HTTPServerError) {
    self.security = security
    (self.index, self.listeners, self.settings, self.limits) = (index, listeners, settings, limits)
    (self.handler, self.observer, self.system) = (handler, observer, system)
    executor = try LoopExecutor()
    poller = try HTTPServerError.translating { () throws(SystemError) in try Descriptor.poller() }
    now = system.now()
    let own = listeners.enumerated().map { ($1.descriptor.number, Interest.input, PollTag.listener($0)) }
    let watches = [(executor.wakeUp.number, Interest.wakeUp, PollTag.wakeUp)] + own
    for (descriptor, interest, tag) in watches {
      let status = system.watch(poller.number, .add, descriptor, interest, tag: tag)
      if status < 0 { throw .systemCall(SystemError("epoll_ctl", number: Int32(-status))) }
    }
  }

  /// Serves until the drain has ended. Called once, by the loop's thread.
  nonisolated func run() {
    executor.adoptThread()
    while assumeIsolated({ $0.turn() }) { executor.runJobs() }
  }

  /// Waits once and does what is due; false at the end of the loop.
  private func turn() -> Bool {
    counters.endTurn(at: system.now())
    let count = system.wait(poller.number, into: &events, milliseconds: canBlock ? pollTimeoutMilliseconds : 0)
    executor.awake()
    now = max(now, system.now())
    counters.beginTurn(at: now)
    wallClock = system.wallClockSeconds()
    batchDeadline = now.advanced(milliseconds: Self.batchMilliseconds)
    for index in 0..<max(count, 0) { handle(events[index]) }
    sendGathered()
    // More descriptors are ready than fit, and a listener may be one of those that did not.
    if count == EventBuffer.capacity && acceptPause == nil { accept() }
    resumeUnfinished()
    enforceHeldOutputLimit()
    enforceInputLimit()
    if limits.takeEvictionRequest(if: lists.oldest(of: Wait.Kind.allCases) != nil) { evictOne() }
    expire()
    if executor.isDrainRequested && drainDeadline == nil { beginDraining() }
    return drainDeadline == nil || table.count > 0
  }

  private var canBlock: Bool { unfinished.isEmpty && executor.fallAsleep() }

  /// Serves the connections that pipeline, for the rest of the turn: after a few of them the poller
  /// is asked again.
  private func resumeUnfinished() {
    guard !unfinished.isEmpty else { return }
    batchDeadline = system.now().advanced(milliseconds: Self.batchMilliseconds)
    var left = unfinished.count
    while left > 0, let tag = unfinished.next() {
      if let connection = table[tag] { advance(connection) }
      left -= 1
      if system.now() >= batchDeadline { return }
    }
  }

  /// The time for which connections may get several responses in a row. If all that are ready got
  /// `maxPipelined` each, a turn would take ten milliseconds and more, and a new connection would
  /// wait for two turns.
  private static var batchMilliseconds: Int { 1 }

  private func handle(_ event: EventBuffer.Readiness) {
    if let connection = table[event.tag] { return serve(connection, event) }
    guard let index = PollTag.listenerIndex(event.tag), index < listeners.count else { return }
    // A connection must have its response before it can be evicted.
    sendGathered()
    accept(from: listeners[index])
  }

  private func serve(_ connection: Connection, _ event: EventBuffer.Readiness) {
    let isAwaitedByTransport = event.isWritable && connection.transport?.needsOutput == true
    if event.isWritable { connection.machine.writable() }
    if connection.hasUnsentEnd, event.isWritable, !endOutput(connection) { return close(connection) }
    if (event.isReadable || event.isBroken || isAwaitedByTransport) && connection.machine.needsInput {
      guard receive(connection) else { return }
    } else if event.isBroken {
      return cut(connection, .reset)
    } else if event.isReadable && !event.isWritable {
      // Input that is not wanted now. Only here is a system call worth while that stops its events.
      cancelIfClientIsGone(connection)
      guard table[connection.tag] != nil else { return }
      return watch(connection, for: connection.wantedInterest)
    }
    advance(connection, gathering: true)
    if unsent.count == Self.maxGatheredResponses { sendGathered() }
  }

  /// The maximum number of connections whose responses are sent together. Sending each at once
  /// would wake a client that has several connections for each response, in the middle of the work
  /// for the next; waking costs as much as sending. Redis does the same at the end of each turn
  /// (`beforeSleep` in its networking.c).
  private static var maxGatheredResponses: Int { 16 }

  private func sendGathered() {
    guard !unsent.isEmpty else { return }
    for connection in unsent { resume(connection, gathering: false) }
    unsent.removeAll(keepingCapacity: true)
  }

  /// Receives once; false if the connection is closed.
  func receive(_ connection: Connection) -> Bool {
    receiveOnce(connection) != nil
  }

  /// Cancels the handler if the client has ended its input while it works: most such clients are
  /// gone, and a handler that waits for its turn need not go on. The response is sent all the same,
  /// for a client that only shut down its sending side.
  private func cancelIfClientIsGone(_ connection: Connection) {
    guard let task = connection.task, inputHasEnded(connection) else { return }
    task.cancel()
  }

  /// Performs the machine's actions until it waits. If responses are gathered, it stops before it
  /// sends one.
  func advance(_ connection: Connection, gathering: Bool = false) {
    guard !connection.isAdvancing else { return }
    connection.isAdvancing = true
    var buffer = buffers.take()
    connection.machine.borrow(&buffer)
    buffers.putBack(buffer)
    resume(connection, gathering: gathering)
  }

  private func resume(_ connection: Connection, gathering: Bool) {
    let outcome = perform(connection, gathering: gathering)
    if outcome == .hasResponse { return unsent.append(connection) }
    var buffer: [UInt8] = []
    connection.machine.giveBack(&buffer)
    buffers.putBack(buffer)
    connection.isAdvancing = false
    guard outcome == .waits else { return close(connection) }
    countMemory(of: connection)
    lists.set(connection.machine.wait, slot: connection.slot)
    note(HTTPConnectionState(connection.machine.wait), of: connection)
    let wanted = connection.wantedInterest
    if !wanted.isSubset(of: connection.interest) || connection.interest.contains(.output) != wanted.contains(.output) {
      watch(connection, for: wanted)
    }
  }

  /// Counts the connection in its new state; nil when it closes.
  func note(_ state: HTTPConnectionState?, of connection: Connection) {
    guard state != connection.state else { return }
    counters.countMove(from: connection.state, to: state)
    connection.state = state
  }

  private enum Outcome {
    /// The machine waits.
    case waits
    /// A response that is sent together with others.
    case hasResponse
    /// The connection has ended.
    case ends
  }

  private func perform(_ connection: Connection, gathering: Bool) -> Outcome {
    while true {
      switch connection.machine.next(at: now) {
      case .respond(let request):
        respond(request, connection)
        if connection.machine.hasMoreToRead && system.now() >= batchDeadline { connection.machine.endBatch() }
      case .authorise(let head): authorise(head, connection)
      case .reject(let error): answer(error, connection)
      case .make(let make): self.make(make, connection)
      case .write:
        if gathering { return .hasResponse }
        guard write(connection) else { return .ends }
        // After one batch the other connections get their turn, so that a client that pipelines
        // thousands does not delay the others.
        if connection.machine.hasOnlyBufferedInput {
          postpone(connection)
          return .waits
        }
      case .shutDownOutput:
        guard endOutput(connection) else { return .ends }
      case .read, .wait: return .waits
      case .close: return .ends
      }
    }
  }

  private func postpone(_ connection: Connection) {
    connection.machine.postponed(at: now)
    unfinished.append(connection.tag)
  }

  private func respond(_ request: HTTPRequest, _ connection: Connection) {
    counters.requests.add(1, ordering: .relaxed)
    switch handler.respond(to: request, on: connection.info) {
    case .now(let response): connection.machine.answer(response, date: date.bytes(seconds: wallClock))
    case .later(let wait):
      let task = begin(wait, connection.tag)
      if connection.machine.isHandling { connection.task = task }
    }
  }

  private func make(_ make: @escaping HTTPContentPart.Maker, _ connection: Connection) {
    let task = begin(make, connection.tag)
    if connection.machine.isHandling { connection.task = task }
  }

  private func authorise(_ head: HTTPRequestHead, _ connection: Connection) {
    guard let response = handler.rejection(of: head, on: connection.info) else {
      return connection.machine.acceptContent()
    }
    connection.machine.answer(response, date: date.bytes(seconds: wallClock))
  }

  /// Not isolated to the loop, although it runs on its thread. A task with the loop's isolation
  /// would start only after the turn, because the runtime does not know that the thread is the
  /// loop's. A handler that suspends returns here by its preference.
  private nonisolated func begin(
    _ wait: @escaping @Sendable () async -> HTTPResponse, _ tag: UInt64
  ) -> Task<Void, Never> {
    Task.immediate(executorPreference: executor) { [self] in
      deliver(await wait(), tag)
    }
  }

  /// Makes a part of a content, in the same way.
  private nonisolated func begin(_ make: @escaping HTTPContentPart.Maker, _ tag: UInt64) -> Task<Void, Never> {
    Task.immediate(executorPreference: executor) { [self] in
      do { deliver(.success(try await make()), tag) } catch { deliver(.failure(error), tag) }
    }
  }

  private nonisolated func deliver(_ part: Result<HTTPContentPart, any Error>, _ tag: UInt64) {
    assumeIsolated { $0.finish(tag, part) }
  }

  private nonisolated func deliver(_ response: HTTPResponse, _ tag: UInt64) {
    assumeIsolated { $0.finish(tag, response) }
  }

  /// Drops the response if the connection has been closed meanwhile.
  private func finish(_ tag: UInt64, _ response: HTTPResponse) {
    guard let connection = table[tag] else { return }
    connection.task = nil
    connection.machine.answer(response, date: date.bytes(seconds: wallClock))
    advance(connection)
  }

  /// Sends the part, or resets the connection if the content cannot be completed: after an end in
  /// the usual way, a client of HTTP/1.0 would take what it has for the whole.
  private func finish(_ tag: UInt64, _ part: Result<HTTPContentPart, any Error>) {
    guard let connection = table[tag] else { return }
    connection.task = nil
    switch part {
    case .success(let part): connection.machine.append(part)
    case .failure(let error):
      observer?.observed(.contentFailed(error, connection.info))
      report(connection, .contentFailed)
      system.resetOnClose(connection.descriptor)
      // Its close_notify would say that the content is complete.
      connection.transport = nil
      connection.machine.close()
    }
    advance(connection)
  }

  private func answer(_ error: HTTPError, _ connection: Connection) {
    counters.countError(status: error.status.code)
    observer?.observed(.rejected(error, connection.info))
    connection.machine.answer(handler.respond(to: error, on: connection.info), date: date.bytes(seconds: wallClock))
  }

  private func write(_ connection: Connection) -> Bool {
    let count = send(connection)
    switch count {
    case 0...: connection.machine.wrote(count)
    case -Int(EAGAIN): connection.machine.stalled()
    case -Int(EINTR): break
    default:
      report(connection, .reset)
      return false
    }
    return true
  }

  func watch(_ connection: Connection, for interest: Interest) {
    guard interest != connection.interest else { return }
    let status = system.watch(poller.number, .modify, connection.descriptor, interest, tag: connection.tag)
    if status < 0 { return cut(connection, .reset) }
    connection.interest = interest
  }
}
