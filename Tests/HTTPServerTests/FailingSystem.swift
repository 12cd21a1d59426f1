import Glibc
import HTTPWire
import System

@testable import HTTPServer

/// The real system calls, some of which fail by plan. Keeps count of the connections that it gave and that were closed.
final class FailingSystem: SystemCalls {
  enum Call: String, CaseIterable, Sendable {
    case accept, receive, send, shutDownOutput, watch, wait, returnMemory
  }

  /// The way a call fails: with an `errno` without having been made, or after a single byte.
  enum Fault: Equatable, Sendable {
    case errno(Int32)
    case short
  }

  private struct State {
    var made: [Call: Int] = [:]
    var open: Set<Int32> = []
    var closedTwice = false
  }

  private let real = LinuxSystem()
  private let state = Locked(State())
  private let plan: @Sendable (Call, Int) -> Fault?
  private let clock: Locked<Instant>?

  /// The plan is asked before each call, with how many of its kind went before. A stopped clock only moves by `pass`.
  init(hasStoppedClock: Bool = false, plan: @escaping @Sendable (Call, Int) -> Fault?) {
    self.plan = plan
    clock = hasStoppedClock ? Locked(real.now()) : nil
  }

  /// Moves the stopped clock.
  func pass(milliseconds: Int) {
    clock?.withLock { $0 = $0.advanced(milliseconds: milliseconds) }
  }

  /// Connections accepted and not closed.
  var open: Int { state.withLock { $0.open.count } }

  /// True if a descriptor was closed that was not open.
  var closedTwice: Bool { state.withLock { $0.closedTwice } }

  func made(_ call: Call) -> Int { state.withLock { $0.made[call, default: 0] } }

  private func fault(_ call: Call) -> Fault? {
    let index = state.withLock { state in
      defer { state.made[call, default: 0] += 1 }
      return state.made[call, default: 0]
    }
    return plan(call, index)
  }

  func accept(_ listener: Int32) -> Accepted {
    if case .errno(let errno) = fault(.accept) { return .failure(errno) }
    let accepted = real.accept(listener)
    if case .connection(let descriptor, _) = accepted { state.withLock { _ = $0.open.insert(descriptor) } }
    return accepted
  }

  func hasQueuedConnection(_ listener: Int32) -> Bool { real.hasQueuedConnection(listener) }

  func receive(_ descriptor: Int32, into buffer: inout ReceiveBuffer, atMost limit: Int) -> Int {
    switch fault(.receive) {
    case .errno(let errno): -Int(errno)
    case .short:
      unsafe buffer.fill { bytes, _ in
        let count = unsafe recv(descriptor, bytes, 1, 0)
        return count < 0 ? -Int(errno) : count
      }
    case nil: real.receive(descriptor, into: &buffer, atMost: limit)
    }
  }

  func inputHasEnded(_ descriptor: Int32) -> Bool { real.inputHasEnded(descriptor) }

  func firstByte(_ descriptor: Int32) -> UInt8? { real.firstByte(descriptor) }

  func send(_ descriptor: Int32, _ bytes: Span<UInt8>, _ more: Span<UInt8>) -> Int {
    switch fault(.send) {
    case .errno(let errno): -Int(errno)
    case .short where bytes.isEmpty: real.send(descriptor, more.extracting(0..<min(1, more.count)), bytes)
    case .short: real.send(descriptor, bytes.extracting(0..<1), bytes.extracting(0..<0))
    case nil: real.send(descriptor, bytes, more)
    }
  }

  func shutDownOutput(_ descriptor: Int32) -> Int {
    if case .errno(let errno) = fault(.shutDownOutput) { return -Int(errno) }
    return real.shutDownOutput(descriptor)
  }

  func resetOnClose(_ descriptor: Int32) { real.resetOnClose(descriptor) }

  func close(_ descriptor: Int32) {
    state.withLock { state in
      if state.open.remove(descriptor) == nil { state.closedTwice = true }
    }
    real.close(descriptor)
  }

  func watch(_ poller: Int32, _ change: WatchChange, _ descriptor: Int32, _ interest: Interest, tag: UInt64) -> Int {
    // The loop's own descriptors are watched before it runs, and its start would fail.
    if tag < PollTag.first, case .errno(let errno) = fault(.watch) { return -Int(errno) }
    return real.watch(poller, change, descriptor, interest, tag: tag)
  }

  func wait(_ poller: Int32, into events: inout EventBuffer, milliseconds: Int32) -> Int {
    if case .errno(let errno) = fault(.wait) { return -Int(errno) }
    return real.wait(poller, into: &events, milliseconds: milliseconds)
  }

  func now() -> Instant { clock?.withLock { $0 } ?? real.now() }

  /// The allocator is the tests' own as well: it is only counted.
  func returnMemory() { _ = fault(.returnMemory) }

  func wallClockSeconds() -> Int { real.wallClockSeconds() }
}

extension ServerCore {
  /// Starts the server and returns the port of its first address.
  func startOnPort() throws(HTTPServerError) -> UInt16 { try start().first?.port ?? 0 }
}
