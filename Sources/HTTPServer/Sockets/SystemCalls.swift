import System

/// The system calls that the event loop makes, so that a double can make each of them fail. A
/// result below 0 is a negated `errno`, as the kernel itself gives it.
protocol SystemCalls: Sendable {
  /// accept4(2), non-blocking and close-on-exec.
  func accept(_ listener: Int32) -> Accepted
  /// True if a connection waits in the listener's queue, by poll(2).
  func hasQueuedConnection(_ listener: Int32) -> Bool
  /// recv(2) of at most this number of bytes, or of as many as fit.
  func receive(_ descriptor: Int32, into buffer: inout ReceiveBuffer, atMost count: Int) -> Int
  /// True if recv(2) would report the end of input; it consumes nothing.
  func inputHasEnded(_ descriptor: Int32) -> Bool
  /// The first byte that recv(2) would return; nil if there is none now. It consumes nothing.
  func firstByte(_ descriptor: Int32) -> UInt8?
  /// sendmsg(2) of the two parts, the second of which may be empty, without a signal.
  func send(_ descriptor: Int32, _ bytes: Span<UInt8>, _ more: Span<UInt8>) -> Int
  /// shutdown(2) of the sending side.
  func shutDownOutput(_ descriptor: Int32) -> Int
  /// SO_LINGER with 0 seconds (socket(7)): close(2) then resets the connection.
  func resetOnClose(_ descriptor: Int32)
  /// close(2).
  func close(_ descriptor: Int32)
  /// epoll_ctl(2): what to watch a descriptor for.
  func watch(_ poller: Int32, _ change: WatchChange, _ descriptor: Int32, _ interest: Interest, tag: UInt64) -> Int
  /// epoll_wait(2); -1 milliseconds waits without end.
  func wait(_ poller: Int32, into events: inout EventBuffer, milliseconds: Int32) -> Int
  /// `CLOCK_MONOTONIC`.
  func now() -> Instant
  /// malloc_trim(3): free memory goes back to the system.
  func returnMemory()
  /// Seconds since 1970 by the wall clock, for `Date`.
  func wallClockSeconds() -> Int
}

/// The result of accept4(2).
enum Accepted: Sendable {
  /// A connection, and who is at its other end.
  case connection(Int32, HTTPConnectionInfo)
  /// The `errno`.
  case failure(Int32)
}

/// The change of a descriptor's registration in the poller.
enum WatchChange: Sendable {
  case add
  case modify
}

/// The events for which a descriptor is watched; level-triggered unless it is a wake-up. Errors and
/// hang-ups are always reported.
struct Interest: OptionSet, Sendable {
  let rawValue: UInt8

  static let input = Interest(rawValue: 1)
  static let output = Interest(rawValue: 2)
  /// Each signal is reported once and needs no read to fall silent.
  static let wakeUp = Interest(rawValue: 4)
}
