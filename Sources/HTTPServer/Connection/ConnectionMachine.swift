import HTTPWire
import System

/// The life of a connection without its socket: bytes, ends, answers and expired waits go in, and `next` says what to do. Time comes in
/// as a value. Of one connection one request is under way at a time, so answers leave in the order of their requests.
struct ConnectionMachine: ~Copyable {
  /// What the driver is to do now. After each but `read`, `wait` and `close` it asks again.
  enum Action {
    /// Let the handler answer, then call `answer`.
    case respond(HTTPRequest)
    /// Let the handler word the answer to a fault, then call `answer`.
    case refuse(HTTPFault)
    /// Send what waits in `output`, then call `wrote` or `stalled`.
    case write
    /// Tell the client that nothing more comes, and go on reading: the first half of a lingering close.
    case shutDownOutput
    /// Nothing can be done before bytes or the end come.
    case read
    /// Nothing can be done before the handler answers or the socket takes output.
    case wait
    /// Close the connection. Nothing of it may be used again.
    case close
  }

  private enum Phase {
    /// Requests are read. Goes to `handling`, `refusing`, `closing` or `closed`.
    case reading
    /// A request is with the handler. Goes to `reading` or `closing`.
    case handling
    /// A fault waits for its answer. Goes to `closing`.
    case refusing(HTTPFault)
    /// The last answer is in the output; nothing that comes is read as a request. Goes to `lingering` or `closed`.
    case closing
    /// The last answer is sent and the output shut down; what comes is discarded. Goes to `closed`.
    case lingering
    /// Over.
    case closed

    var isClosed: Bool { if case .closed = self { true } else { false } }
  }

  private let settings: HTTPServerSettings
  private var parser: HTTPRequestParser
  private var phase = Phase.reading
  private var terms = HTTPResponseEncoder.Terms(keepAlive: false)
  private var inputHasEnded = false
  private var isDraining = false
  private(set) var isStalled = false
  private var isPostponed = false
  private var served = 0
  private var unsentResponses = 0
  private var discarded = 0
  private var received = 0
  private var delivered = 0
  /// Answers that the socket has not taken yet.
  private(set) var output = OutputQueue()
  private var rate = RateMonitor()
  /// What the client is waited for; nil while the handler is at work.
  private(set) var wait: Wait?

  init(settings: HTTPServerSettings, now: Instant) {
    self.settings = settings
    parser = HTTPRequestParser(limits: settings.limits)
    wait = Wait(kind: .idle, since: now)
  }

  /// Whether bytes of the client are wanted now; while they are not, they are left in the socket, and its window stops the client.
  var wantsInput: Bool {
    guard !inputHasEnded else { return false }
    return switch phase {
    case .reading: !isStalled && !isPostponed
    case .lingering: true
    default: false
    }
  }

  /// Whether the connection has no request under way and nothing of one has come.
  var isIdle: Bool { wait?.kind == .idle }

  private var hasPendingOutput: Bool { !output.isEmpty }

  /// What the connection holds because its client does not read, or asks faster than it is answered; nothing while the client does neither.
  var heldForReader: HeldOutput.Part {
    guard isPostponed || (isStalled && hasPendingOutput) else { return .nothing }
    var held = output.held
    held.own += parser.bufferedCount
    return held
  }

  /// Whether all that was answered is sent, and more that may be requests has come already.
  var isBehind: Bool {
    hasMoreToRead && !hasPendingOutput
  }

  /// Whether the last request is answered, and more that may be requests has come already.
  var hasMoreToRead: Bool {
    guard case .reading = phase else { return false }
    return parser.bufferedCount > 0
  }
}

// MARK: - What goes in

extension ConnectionMachine {
  /// Bytes of the client.
  mutating func received(_ bytes: Span<UInt8>) {
    if case .lingering = phase { discarded += bytes.count } else { parser.receive(bytes) }
    received += bytes.count
  }

  /// The client sends nothing more; it may still read.
  mutating func inputEnded() {
    inputHasEnded = true
  }

  /// The answer to the last `respond` or `refuse`. `date` is the value of its `Date`.
  mutating func answer(_ response: HTTPResponse, date: [UInt8]) {
    switch phase {
    case .handling where terms.keepAlive && !isDraining: phase = .reading
    case .handling:
      phase = .closing
      terms.keepAlive = false
    case .refusing:
      phase = .closing
      // Also of a request that could not be read to its end: a client that sent HEAD takes content for the next answer.
      terms = HTTPResponseEncoder.Terms(keepAlive: false, isHead: parser.isHead)
    default: return
    }
    output.append(response, terms: terms, date: date)
    terms = HTTPResponseEncoder.Terms(keepAlive: false)
    unsentResponses += 1
  }

  /// The socket took so many bytes of the pending output. Fewer than all say that it is full.
  mutating func wrote(_ count: Int) {
    output.consume(count)
    delivered += count
    isStalled = hasPendingOutput
    unsentResponses = 0
  }

  /// The socket takes no output now; `writable` says when it does again.
  mutating func stalled() {
    isStalled = true
  }

  /// The socket takes output again.
  mutating func writable() {
    isStalled = false
  }

  /// Refuses whatever comes: for a connection that there is no room for.
  mutating func refuse(_ fault: HTTPFault) {
    if case .reading = phase { phase = .refusing(fault) }
  }

  /// Ends the connection with the next answer, or now if it is idle.
  mutating func drain() {
    isDraining = true
  }

  /// The driver asks again at a later turn: until then it is the server that is waited for, no deadline of the client runs, and what
  /// it sends stays in the socket.
  mutating func postponed(at now: Instant) {
    isPostponed = true
    wait = Wait(kind: .turn, since: now)
  }

  /// What is answered leaves before another request of this connection is read: others wait for their turn.
  mutating func endBatch() {
    unsentResponses = settings.maxPipelined
  }

  /// Lends the loop's buffer for output while the connection is served.
  mutating func borrow(_ buffer: inout [UInt8]) {
    output.borrow(&buffer)
  }

  /// Gives the buffer back, and keeps no memory beyond what it holds while it holds something.
  mutating func giveBack(_ buffer: inout [UInt8]) {
    output.giveBack(&buffer)
    if isPostponed || (isStalled && hasPendingOutput) { parser.trim() }
  }
}

// MARK: - What comes out

extension ConnectionMachine {
  /// What to do now.
  mutating func next(at now: Instant) -> Action {
    isPostponed = false
    let action = decide()
    switch action {
    case .read, .wait, .close: updateWait(now)
    default: break
    }
    return action
  }

  private mutating func decide() -> Action {
    switch phase {
    case .reading:
      return isFull ? flush : parseInput()
    case .handling: return hasPendingOutput ? flush : .wait
    case .refusing(let fault): return .refuse(fault)
    case .closing:
      if hasPendingOutput { return flush }
      phase = inputHasEnded ? .closed : .lingering
      return inputHasEnded ? .close : .shutDownOutput
    case .lingering:
      if inputHasEnded || discarded > settings.maxDiscarded { phase = .closed }
      return phase.isClosed ? .close : .read
    case .closed: return .close
    }
  }

  /// Whether what is answered must leave before another request is read.
  private var isFull: Bool {
    unsentResponses >= settings.maxPipelined || output.count >= settings.maxHeldOutput || output.endsInShared
  }

  private var flush: Action { isStalled ? .wait : .write }

  private mutating func parseInput() -> Action {
    do throws(HTTPFault) {
      if inputHasEnded { try parser.receiveEnd() }
      while let event = try parser.next() {
        switch event {
        case .head(let head): sendContinue(head)
        case .request(let request, let head):
          begin(head)
          return .respond(request)
        }
      }
    } catch {
      return refused(error)
    }
    if hasPendingOutput { return flush }
    if inputHasEnded || (isDraining && !parser.isMidMessage) { phase = .closed }
    return phase.isClosed ? .close : .read
  }

  /// RFC 9110 section 10.1.1: no `100` once content has come.
  private mutating func sendContinue(_ head: HTTPRequestHead) {
    terms = HTTPResponseEncoder.Terms(answering: head, keepAlive: false)
    if head.expectsContinue && parser.bufferedCount == 0 && !inputHasEnded {
      output.append(HTTPResponseEncoder.continueResponse)
    }
  }

  private mutating func begin(_ head: HTTPRequestHead) {
    served += 1
    phase = .handling
    let isLast = isDraining || served >= settings.maxRequestsPerConnection
    terms = HTTPResponseEncoder.Terms(answering: head, keepAlive: head.keepAlive && !isLast)
  }

  private mutating func refused(_ fault: HTTPFault) -> Action {
    phase = .refusing(fault)
    return .refuse(fault)
  }
}

// MARK: - Time

extension ConnectionMachine {
  /// The wait has lasted its whole period. Says why the connection is cut, if it is cut without an answer; the driver asks `next`.
  mutating func expired(at now: Instant) -> HTTPCutReason? {
    guard let kind = wait?.kind else { return nil }
    switch kind {
    case .idle: return cut(.idle)
    case .head: phase = .refusing(HTTPFault(408, "The request's head took too long."))
    case .body where rate.isSufficient(received, at: now, settings.deadlines, whole: settings.deadlines.body):
      renew(received, now)
    case .body: phase = .refusing(HTTPFault(408, "The request's content came too slowly."))
    case .reader where rate.isSufficient(delivered, at: now, settings.deadlines, whole: nil): renew(delivered, now)
    case .reader: return cut(.stalledReader)
    case .lingering: phase = .closed
    case .turn: break
    }
    return nil
  }

  /// Ends the connection without another byte.
  mutating func close() {
    phase = .closed
    wait = nil
  }

  private mutating func cut(_ reason: HTTPCutReason) -> HTTPCutReason {
    close()
    return reason
  }

  private mutating func renew(_ moved: Int, _ now: Instant) {
    wait?.since = now
    rate.moved = moved
  }

  /// A wait goes on while it is for the same thing of the same message: a byte does not begin it anew.
  private mutating func updateWait(_ now: Instant) {
    let kind = waitKind
    if let wait, wait.kind == kind, kind == .reader || rate.message == served { return }
    wait = kind.map { Wait(kind: $0, since: now) }
    rate = RateMonitor(began: now, moved: kind == .reader ? delivered : received, message: served)
  }

  private var waitKind: Wait.Kind? {
    if isStalled && hasPendingOutput { return .reader }
    return switch phase {
    case .reading where parser.isReadingBody: .body
    case .reading where parser.isMidMessage: .head
    case .reading: .idle
    case .lingering: .lingering
    case .handling, .refusing, .closing, .closed: nil
    }
  }
}
