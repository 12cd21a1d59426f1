import Glibc
import HTTPWire
import Synchronization
import System

/// One thread, one poller, one listener, and all that belongs to the connections that it accepts. An actor whose executor is the loop's own
/// thread: the compiler holds that nothing of it is touched from elsewhere, and a handler, being `nonisolated(nonsending)`, runs here too.
actor EventLoop<System: SystemCalls> {
  nonisolated let executor: LoopExecutor
  nonisolated let counters = LoopCounters()
  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

  let system: System
  let settings: HTTPServerSettings
  let handler: any HTTPRequestHandler
  let observer: (any HTTPServerObserver)?
  let addresses: AddressCounts?
  let cap: Int
  let poller: Descriptor
  var listener: ListeningSocket?
  var table = ConnectionTable()
  var lists = WaitingLists()
  var now: Instant
  /// Accepting is paused until then, or until a connection closes.
  var acceptPause: Instant?
  /// Since when every connection has had a request under way; nil while there is room.
  var fullSince: Instant?
  var drainDeadline: Instant?
  var held = HeldOutput()
  var memory = MemoryReturn()
  private var events = EventBuffer()
  private var received = ReceiveBuffer()
  private var buffers = OutputBuffers(maximumCount: EventLoop.gatheredAnswers)
  private var unsent: [Connection] = []
  private var date = DateCache()
  private var wallClock = 0
  private var unfinished = TurnQueue()
  /// Past this, a connection gets one answer at a time.
  private var batchDeadline = Instant(nanoseconds: 0)

  init(
    listener: ListeningSocket, cap: Int, settings: HTTPServerSettings, handler: any HTTPRequestHandler,
    observer: (any HTTPServerObserver)?, addresses: AddressCounts?, system: System
  ) throws(HTTPServerError) {
    (self.listener, self.cap, self.settings) = (listener, cap, settings)
    (self.handler, self.observer, self.addresses, self.system) = (handler, observer, addresses, system)
    executor = try LoopExecutor()
    poller = try HTTPServerError.translating { () throws(SystemError) in try Descriptor.poller() }
    now = system.now()
    let watches = [
      (executor.wakeUp.number, Interest.wakeUp, PollTag.wakeUp),
      (listener.descriptor.number, Interest.input, PollTag.listener),
    ]
    for (descriptor, interest, tag) in watches {
      let status = system.watch(poller.number, .add, descriptor, interest, tag: tag)
      if status < 0 { throw .systemCall(SystemError("epoll_ctl", number: Int32(-status))) }
    }
  }

  /// Serves until drained. Called once, by the loop's thread, which it keeps.
  nonisolated func run() {
    executor.adoptThread()
    while assumeIsolated({ $0.turn() }) { executor.runJobs() }
  }

  /// Waits once and does what is due; false when the loop is over.
  private func turn() -> Bool {
    let count = system.wait(poller.number, into: &events, milliseconds: canBlock ? pollTimeoutMilliseconds : 0)
    executor.awake()
    now = max(now, system.now())
    wallClock = system.wallClockSeconds()
    batchDeadline = now.advanced(milliseconds: Self.batchMilliseconds)
    for index in 0..<max(count, 0) { handle(events[index]) }
    sendGathered()
    // More are ready than one look shows, and the listener may be among those that it did not.
    if count == EventBuffer.capacity && acceptPause == nil { accept() }
    resumeUnfinished()
    enforceHeldOutputLimit()
    expire()
    if executor.isDrainRequested && drainDeadline == nil { beginDraining() }
    return drainDeadline == nil || table.count > 0
  }

  private var canBlock: Bool { unfinished.isEmpty && executor.fallAsleep() }

  /// Those that pipeline get what time a turn leaves: after a few of them it is looked whether anybody new has come.
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

  /// For so long connections may have several answers in a row. All that are ready at once, each with `maxPipelined` requests, would make
  /// a turn of ten milliseconds and more, and whoever has just come would wait for two of them.
  private static var batchMilliseconds: Int { 1 }

  private func handle(_ event: EventBuffer.Readiness) {
    switch event.tag {
    case PollTag.wakeUp: return
    case PollTag.listener:
      // Whoever makes room for another must have got its answer before.
      sendGathered()
      accept()
    default:
      guard let connection = table[event.tag] else { return }
      serve(connection, event)
    }
  }

  private func serve(_ connection: Connection, _ event: EventBuffer.Readiness) {
    if event.isWritable { connection.machine.writable() }
    if (event.isReadable || event.isBroken) && connection.machine.wantsInput {
      guard receive(connection) else { return }
    } else if event.isBroken {
      return cut(connection, .reset)
    } else if event.isReadable && !event.isWritable {
      // Input that is not wanted now: only then is it worth a call to be told no more of it.
      return watch(connection, for: connection.wantedInterest)
    }
    advance(connection, gathering: true)
    if unsent.count == Self.gatheredAnswers { sendGathered() }
  }

  /// So many connections' answers are sent together. A client that has several connections and sleeps would be woken by each
  /// answer, and that wakes it in the middle of the work for the next: it costs as much as sending. Redis sends so too
  /// (`beforeSleep` in its networking.c), at the end of each turn; few enough that nobody waits for long.
  private static var gatheredAnswers: Int { 16 }

  private func sendGathered() {
    guard !unsent.isEmpty else { return }
    for connection in unsent { resume(connection, gathering: false) }
    unsent.removeAll(keepingCapacity: true)
  }

  /// Receives once; false if the connection is gone.
  func receive(_ connection: Connection) -> Bool {
    let count = system.receive(connection.descriptor, into: &received)
    switch count {
    case 0: connection.machine.inputEnded()
    case 1...: connection.machine.received(received.bytes.span.extracting(0..<count))
    case -Int(EAGAIN), -Int(EINTR): break
    default:
      cut(connection, .reset)
      return false
    }
    return true
  }

  /// Does what the connection's machine says until it has to wait, or, if answers are gathered, to send one.
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
    if outcome == .hasAnswer { return unsent.append(connection) }
    var buffer: [UInt8] = []
    connection.machine.giveBack(&buffer)
    buffers.putBack(buffer)
    connection.isAdvancing = false
    guard outcome == .waits else { return close(connection) }
    count(connection.machine.heldForReader, heldBy: connection)
    lists.set(connection.machine.wait, slot: connection.slot)
    let wanted = connection.wantedInterest
    if !wanted.isSubset(of: connection.interest) || connection.interest.contains(.output) != wanted.contains(.output) {
      watch(connection, for: wanted)
    }
  }

  private enum Outcome {
    /// Nothing can be done now.
    case waits
    /// An answer is to be sent with others.
    case hasAnswer
    /// The connection is over.
    case ends
  }

  private func perform(_ connection: Connection, gathering: Bool) -> Outcome {
    while true {
      switch connection.machine.next(at: now) {
      case .respond(let request):
        respond(request, connection)
        if connection.machine.hasMoreToRead && system.now() >= batchDeadline { connection.machine.endBatch() }
      case .refuse(let fault): refuse(fault, connection)
      case .write:
        if gathering { return .hasAnswer }
        guard write(connection) else { return .ends }
        // After one batch of answers the others get their turn: a client that pipelines thousands holds nobody up.
        if connection.machine.isBehind {
          postpone(connection)
          return .waits
        }
      case .shutDownOutput:
        guard system.shutDownOutput(connection.descriptor) >= 0 else { return .ends }
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
    case .later(let wait): begin(wait, connection.tag)
    }
  }

  /// Not isolated to the loop, though on its thread: a task of the loop's isolation would not begin before the end of the turn, since the
  /// runtime does not know that the thread is the loop's. What resumes the handler brings it back here, by the preference.
  private nonisolated func begin(_ wait: @escaping @Sendable () async -> HTTPResponse, _ tag: UInt64) {
    Task.immediate(executorPreference: executor) { [self] in
      deliver(await wait(), tag)
    }
  }

  private nonisolated func deliver(_ response: HTTPResponse, _ tag: UInt64) {
    assumeIsolated { $0.finish(tag, response) }
  }

  /// The connection may have been closed while the handler was at work; its answer goes nowhere then.
  private func finish(_ tag: UInt64, _ response: HTTPResponse) {
    guard let connection = table[tag] else { return }
    connection.machine.answer(response, date: date.bytes(seconds: wallClock))
    advance(connection)
  }

  private func refuse(_ fault: HTTPFault, _ connection: Connection) {
    counters.countFault(status: fault.status.code)
    observer?.observed(.refused(fault, connection.info))
    connection.machine.answer(handler.respond(to: fault, on: connection.info), date: date.bytes(seconds: wallClock))
  }

  private func write(_ connection: Connection) -> Bool {
    let count = connection.machine.output.withPending { system.send(connection.descriptor, $0, $1) }
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
