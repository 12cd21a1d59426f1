import CLinux
import Glibc

/// The one owner of a descriptor: it is closed when the owner goes.
struct Descriptor: ~Copyable, Sendable {
  let number: Int32

  /// Takes what a call returned; throws where that is a failure.
  init(_ number: Int32, from call: String) throws(HTTPServerError) {
    guard number >= 0 else { throw .systemCall(call, errno: errno) }
    self.number = number
  }

  /// epoll_create1(2).
  static func poller() throws(HTTPServerError) -> Descriptor {
    try Descriptor(epoll_create1(Int32(EPOLL_CLOEXEC)), from: "epoll_create1")
  }

  /// eventfd(2): a counter that threads add to and a poller watches.
  static func eventCounter() throws(HTTPServerError) -> Descriptor {
    try Descriptor(eventfd(0, Int32(EFD_NONBLOCK) | Int32(EFD_CLOEXEC)), from: "eventfd")
  }

  /// Adds one to an `eventCounter`. Cannot fail but by a counter near 2^64, which is readable already.
  borrowing func signal() {
    var one: UInt64 = 1
    _ = unsafe write(number, &one, MemoryLayout<UInt64>.size)
  }

  deinit {
    Glibc.close(number)
  }
}
