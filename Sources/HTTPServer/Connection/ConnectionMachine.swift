import HTTPWire
import System

/// The life of a connection without its socket. Bytes, ends, responses and expired waits go in, and
/// `next` returns what the driver must do. Time is a parameter. One request of a connection is in
/// progress at a time, so responses keep the order of their requests.
struct ConnectionMachine: ~Copyable {
  private let settings: HTTPServerSettings
  private var parser: HTTPRequestParser
  private var phase = Phase.reading
  private var terms = HTTPResponseEncoder.Terms(keepAlive: false)
  /// The head of the request whose content is awaited, until the handler has accepted it.
  private var unauthorised: HTTPRequestHead?
  private var mustSendContinue = false
  private(set) var inputHasEnded = false
  private var draining = Draining.no
  private(set) var isStalled = false
  private var isPostponed = false
  private var isRejected = false
  private var served = 0
  private var parts: ContentParts?
  private var unsentResponses = 0
  private var discarded = 0
  private var received = 0
  private var delivered = 0
  /// Responses that the socket has not taken yet.
  private(set) var output = OutputQueue()
  private var rate = RateMonitor()
  /// The wait for the client; nil while the handler is working.
  private(set) var wait: Wait?

  /// A machine that reads requests, or waits for `secured` first.
  init(settings: HTTPServerSettings, now: Instant, isSecuring: Bool = false) {
    self.settings = settings
    parser = HTTPRequestParser(limits: settings.limits)
    phase = isSecuring ? .securing : .reading
    wait = Wait(kind: isSecuring ? .head : .idle, since: now)
  }

  /// True until the transport's handshake is done.
  var isSecuring: Bool { if case .securing = phase { true } else { false } }

  /// True if the driver may read from the socket. Bytes that are not read stay in the socket, and
  /// its window stops the client.
  var needsInput: Bool {
    guard !inputHasEnded else { return false }
    return switch phase {
    case .securing: !isStalled
    case .reading: !isStalled && !isPostponed
    case .lingering: true
    default: false
    }
  }

  /// True if no request is in progress and no byte of one has arrived.
  var isIdle: Bool { wait?.kind == .idle }

  private var hasPendingOutput: Bool { !output.isEmpty }

  /// The output that the connection holds because its client does not read, or sends requests
  /// faster than they are answered.
  var heldForReader: HeldOutput.Part {
    guard isPostponed || (isStalled && hasPendingOutput) else { return .nothing }
    var held = output.held
    held.own += parser.bufferedCount
    return held
  }

  /// The memory that an incomplete request takes, in bytes.
  var inputInFlight: Int {
    guard case .reading = phase, !isPostponed, !isStalled else { return 0 }
    return parser.memoryInUse
  }

  /// True if the handler has a request, or makes a part of a content.
  var isHandling: Bool {
    switch phase {
    case .handling: true
    case .sendingParts: !hasPendingOutput
    default: false
    }
  }

  /// True if all responses are sent, and more input is buffered.
  var hasOnlyBufferedInput: Bool {
    hasMoreToRead && !hasPendingOutput
  }

  /// True if input is buffered that no request has used.
  var hasBufferedInput: Bool { parser.bufferedCount > 0 }

  /// True if the last request is answered, and more input is buffered.
  var hasMoreToRead: Bool {
    guard case .reading = phase else { return false }
    return hasBufferedInput
  }
}

// MARK: - Input of the machine

extension ConnectionMachine {
  /// Notes that the transport's handshake is done.
  mutating func secured() {
    if isSecuring { phase = .reading }
  }

  /// Adds bytes of the client.
  mutating func received(_ bytes: Span<UInt8>) {
    if case .lingering = phase { discarded += bytes.count } else { parser.receive(bytes) }
    received += bytes.count
  }

  /// Notes that the client sends nothing more. It may still read.
  mutating func inputEnded() {
    inputHasEnded = true
  }

  /// Takes the response to the last `respond`, `authorise` or `refuse`. `date` is the value of its
  /// `Date` field.
  mutating func answer(_ response: HTTPResponse, date: [UInt8]) {
    if case .handling = phase, let maker = response.next { return beginParts(of: response, maker, date) }
    switch phase {
    case .handling where terms.keepAlive && draining == .no: phase = .reading
    case .handling, .authorising:
      phase = .closing
      terms.keepAlive = false
    case .rejecting:
      phase = .closing
      // Even if the request could not be read completely: a client that sent HEAD would read
      // content as the next response.
      terms = HTTPResponseEncoder.Terms(keepAlive: false, isHead: parser.isHead)
    default: return
    }
    output.append(response, terms: terms, date: date)
    terms = HTTPResponseEncoder.Terms(keepAlive: false)
    unsentResponses += 1
  }

  private mutating func beginParts(
    of response: HTTPResponse, _ maker: @escaping HTTPContentPart.Maker, _ date: [UInt8]
  ) {
    if draining != .no { terms.keepAlive = false }
    var parts = ContentParts(after: terms, maker: maker)
    terms.keepAlive = parts.keepAlive
    if output.append(headOf: response, terms: terms, date: date) {
      parts.append(response.body, to: &output)
      (self.parts, phase) = (parts, .sendingParts)
    } else {
      phase = terms.keepAlive ? .reading : .closing
    }
    terms = HTTPResponseEncoder.Terms(keepAlive: false)
    unsentResponses += 1
  }

  /// Takes the part that `make` asked for.
  mutating func append(_ part: HTTPContentPart) {
    guard case .sendingParts = phase, var parts else { return }
    let isComplete = parts.append(part, to: &output)
    self.parts = isComplete ? nil : parts
    if isComplete { phase = parts.keepAlive && draining == .no ? .reading : .closing }
  }

  /// Continues with the content that `authorise` asked about.
  mutating func acceptContent() {
    guard case .authorising = phase else { return }
    phase = .reading
    if mustSendContinue { output.append(HTTPResponseEncoder.continueResponse) }
    mustSendContinue = false
  }

  /// Notes how many bytes of the output the socket took. Fewer than all mean that it is full.
  mutating func wrote(_ count: Int) {
    output.consume(count)
    delivered += count
    isStalled = hasPendingOutput
    unsentResponses = 0
  }

  /// Notes that the socket takes no output now, until `writable`.
  mutating func stalled() {
    isStalled = true
  }

  /// Notes that the socket takes output again.
  mutating func writable() {
    isStalled = false
  }

  /// Rejects the connection, or the request that is arriving, because the server has no space for
  /// it. During the handshake no response is possible, and the connection ends.
  mutating func reject(_ error: HTTPError) {
    if isSecuring { phase = .closed }
    guard case .reading = phase else { return }
    parser.abandon(error)
    isRejected = true
    phase = .rejecting(error)
  }

  /// Ends the connection with the next response, or now if it is idle. With `sparingNew` a
  /// connection that has not sent a request yet may still send its first.
  mutating func drain(sparingNew: Bool) {
    draining = sparingNew ? .afterFirstRequest : .now
  }

  /// Notes that the driver continues in a later turn. Until then the client waits for the server:
  /// it has no deadline, and its bytes stay in the socket.
  mutating func postponed(at now: Instant) {
    isPostponed = true
    wait = Wait(kind: .turn, since: now)
  }

  /// Sends the responses before another request is read, because other connections wait.
  mutating func endBatch() {
    unsentResponses = settings.maxPipelined
  }

  /// Borrows the loop's output buffer while the connection is served.
  mutating func borrow(_ buffer: inout [UInt8]) {
    output.borrow(&buffer)
  }

  /// Returns the buffer. The connection keeps only the memory for the bytes that it holds.
  mutating func giveBack(_ buffer: inout [UInt8]) {
    output.giveBack(&buffer)
    if isPostponed || (isStalled && hasPendingOutput) { parser.trim() }
  }
}

// MARK: - Actions

extension ConnectionMachine {
  /// Returns the next step of the driver.
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
    case .securing:
      if inputHasEnded || draining == .now { phase = .closed }
      return phase.isClosed ? .close : .read
    case .reading: return isFull ? flush : parseInput()
    case .authorising: return .wait
    case .handling: return hasPendingOutput ? flush : .wait
    case .sendingParts:
      if hasPendingOutput { return flush }
      return parts?.takeMaker().map { .make($0) } ?? .wait
    case .rejecting(let error): return .reject(error)
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

  /// True if the responses must be sent before another request is read.
  private var isFull: Bool {
    unsentResponses >= settings.maxPipelined || output.count >= settings.maxHeldOutput || output.endsInShared
  }

  private var flush: Action { isStalled ? .wait : .write }

  private mutating func parseInput() -> Action {
    do throws(HTTPError) {
      if inputHasEnded { try parser.receiveEnd() }
      while let event = try parser.next() {
        switch event {
        case .head(let head): headEnded(head)
        case .request(let request, let head):
          begin(head)
          return .respond(request)
        }
      }
    } catch {
      return rejection(error)
    }
    if hasPendingOutput { return flush }
    if let head = unauthorised {
      (unauthorised, phase) = (nil, .authorising)
      return .authorise(head)
    }
    if inputHasEnded || (isDrainingIdle && !parser.isMidMessage) { phase = .closed }
    return phase.isClosed ? .close : .read
  }

  private var isDrainingIdle: Bool {
    switch draining {
    case .no: false
    case .afterFirstRequest: served > 0
    case .now: true
    }
  }

  /// RFC 9110 section 10.1.1: no `100` once content has arrived.
  private mutating func headEnded(_ head: HTTPRequestHead) {
    terms = HTTPResponseEncoder.Terms(answering: head, keepAlive: false)
    unauthorised = head
    mustSendContinue = head.expectsContinue && parser.bufferedCount == 0 && !inputHasEnded
  }

  private mutating func begin(_ head: HTTPRequestHead) {
    served += 1
    phase = .handling
    (unauthorised, mustSendContinue) = (nil, false)
    let isLast = served >= settings.maxRequestsPerConnection
    terms = HTTPResponseEncoder.Terms(answering: head, keepAlive: head.keepAlive && !isLast)
  }

  private mutating func rejection(_ error: HTTPError) -> Action {
    phase = .rejecting(error)
    return .reject(error)
  }
}

// MARK: - Time

extension ConnectionMachine {
  /// Ends or renews a wait that has lasted its whole period; the driver then calls `next`. Returns
  /// the reason if the connection must be cut without a response.
  mutating func expired(at now: Instant) -> HTTPCutReason? {
    guard let kind = wait?.kind else { return nil }
    switch kind {
    case .idle: return cut(.idle)
    case .head where isSecuring: return cut(.handshake)
    case .head: phase = .rejecting(HTTPError(408, "The request's head took too long."))
    case .body where rate.isSufficient(received, at: now, settings.deadlines, whole: settings.deadlines.body):
      renew(received, now)
    case .body: phase = .rejecting(HTTPError(408, "The request's content came too slowly."))
    case .reader where rate.isSufficient(delivered, at: now, settings.deadlines, whole: nil): renew(delivered, now)
    case .reader: return cut(.stalledReader)
    case .lingering, .rejected: phase = .closed
    case .turn: break
    }
    return nil
  }

  /// Ends the connection without another byte.
  mutating func close() {
    (phase, parts) = (.closed, nil)
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

  /// A wait continues while it is for the same part of the same message: a single byte does not
  /// restart it.
  private mutating func updateWait(_ now: Instant) {
    let kind = waitKind
    if let wait, wait.kind == kind, kind == .reader || rate.message == served { return }
    wait = kind.map { Wait(kind: $0, since: now) }
    rate = RateMonitor(began: now, moved: kind == .reader ? delivered : received, message: served)
  }

  private var waitKind: Wait.Kind? {
    if isStalled && hasPendingOutput { return .reader }
    return switch phase {
    case .securing: .head
    case .reading where parser.isReadingBody: .body
    case .reading where parser.isMidMessage: .head
    case .reading: .idle
    case .lingering: isRejected ? .rejected : .lingering
    case .authorising, .handling, .sendingParts, .rejecting, .closing, .closed: nil
    }
  }
}
