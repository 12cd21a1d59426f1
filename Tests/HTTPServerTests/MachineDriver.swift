import HTTPWire
import System

@testable import HTTPServer

/// Plays the loop for one machine: answers each request at once with `METHOD target`, takes as many bytes as a script lets through, and
/// moves a clock by hand.
final class MachineDriver {
  let settings: HTTPServerSettings
  var machine: ConnectionMachine
  var now = Instant(nanoseconds: 1_000_000_000)
  /// The bytes that the client has received.
  var wire = ""
  /// The machine's actions, in order: `respond /a`, `reject 400`, `write`, `shutDown`, `read`,
  /// `wait`, `close`.
  var log: [String] = []
  /// Requests that wait for `answer` instead of being answered at once.
  var holdsAnswers = false
  /// The response to a head whose content has not arrived; nil accepts the content.
  var rejection: HTTPResponse?
  /// The content of the answer to a fault.
  var errorBody = ""
  /// The number of bytes that the socket still accepts.
  var room = Int.max

  init(isSecuring: Bool = false, _ adjust: (inout HTTPServerSettings) -> Void = { _ in }) {
    var settings = HTTPServerSettings()
    adjust(&settings)
    self.settings = settings
    machine = ConnectionMachine(settings: settings, now: now, isSecuring: isSecuring)
  }

  func receive(_ text: String) {
    machine.received(Array(text.utf8).span)
    run()
  }

  func secured() {
    machine.secured()
    run()
  }

  func end() {
    machine.inputEnded()
    run()
  }

  func drain() {
    machine.drain(sparingNew: false)
    run()
  }

  func answer(_ text: String = "late") {
    machine.answer(HTTPResponse(status: HTTPStatus(200), body: Array("[\(text)]".utf8)), date: [])
    run()
  }

  /// The socket takes so many more bytes.
  func evictOne(_ bytes: Int) {
    room = bytes
    machine.writable()
    run()
  }

  /// Lets time pass, and a wait expire when its period does. Says why the connection was cut.
  @discardableResult
  func pass(milliseconds: Int) -> HTTPCutReason? {
    let target = now.advanced(milliseconds: milliseconds)
    while let wait = machine.wait, wait.since.advanced(milliseconds: settings.deadlines.period(of: wait.kind)) <= target
    {
      now = max(now, wait.since.advanced(milliseconds: settings.deadlines.period(of: wait.kind)))
      if let reason = machine.expired(at: now) { return reason }
      run()
    }
    now = target
    return nil
  }

  /// The part that was asked for is made.
  func append(_ part: String, isLast: Bool) {
    machine.append(HTTPContentPart(Array(part.utf8), next: isLast ? nil : Self.never))
    run()
  }

  /// Answers a request that waits, with a content in parts of which this is the first.
  func answer(beginningWith part: String) {
    machine.answer(HTTPResponse(status: HTTPStatus(200), body: Array(part.utf8), next: Self.never), date: [])
    run()
  }

  private static let never: HTTPContentPart.Maker = { HTTPContentPart([], next: nil) }

  func run() {
    while true {
      switch machine.next(at: now) {
      case .respond(let request):
        log.append("respond \(request.target.text)")
        if holdsAnswers { continue }
        let body = "[\(request.method) \(request.target.text)\(request.body.isEmpty ? "" : " \(request.body.count)")]"
        machine.answer(HTTPResponse(status: HTTPStatus(200), body: Array(body.utf8)), date: [])
      case .authorise(let head):
        log.append("authorise \(head.target.text)")
        if let rejection { machine.answer(rejection, date: []) } else { machine.acceptContent() }
      case .reject(let error):
        log.append("reject \(error.status)")
        machine.answer(HTTPResponse(status: error.status, body: Array(errorBody.utf8)), date: [])
      case .make: log.append("make")
      case .write: write()
      case .shutDownOutput: log.append("shutDown")
      case .read: return log.append("read")
      case .wait: return log.append("wait")
      case .close: return log.append("close")
      }
    }
  }

  private func write() {
    let taken = machine.output.waiting(atMost: room)
    if taken.isEmpty { return machine.stalled() }
    wire += String(decoding: taken, as: UTF8.self)
    log.append("write")
    room -= taken.count
    machine.wrote(taken.count)
  }

  // What the machine says of itself: the machine cannot be copied, and an expectation copies what it shows.
  var wait: Wait? { machine.wait }
  var needsInput: Bool { machine.needsInput }
  var hasOnlyBufferedInput: Bool { machine.hasOnlyBufferedInput }
  var isIdle: Bool { machine.isIdle }
  var output: OutputQueue { machine.output }
  var heldForReader: HeldOutput.Part { machine.heldForReader }

  /// The bodies that the client has received.
  var bodies: [String] {
    wire.components(of: "[").map { String($0.prefix { $0 != "]" }) }
  }
}

extension OutputQueue {
  /// All that has not been sent, in one piece.
  var waiting: [UInt8] { waiting(atMost: count) }

  /// The first bytes that have not been sent.
  func waiting(atMost most: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    withPending { first, second in
      for index in first.indices.prefix(most) { bytes.append(first[index]) }
      for index in second.indices.prefix(most - bytes.count) { bytes.append(second[index]) }
    }
    return bytes
  }
}
