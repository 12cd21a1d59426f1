import CLinux
import Glibc

/// Something that threads wait for, kept by the kernel: an eventfd(2).
final class Flag: Sendable {
  private let descriptor: Int32

  init() throws(SystemError) {
    descriptor = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
    guard descriptor >= 0 else { throw .current }
  }

  deinit { close(descriptor) }

  /// Raises it.
  func raise() {
    var one: UInt64 = 1
    _ = unsafe write(descriptor, &one, MemoryLayout<UInt64>.size)
  }

  /// Lowers it.
  func lower() {
    var count: UInt64 = 0
    _ = unsafe read(descriptor, &count, MemoryLayout<UInt64>.size)
  }

  /// Waits until it is raised; false when the time in milliseconds (-1 for no limit) ran out before.
  @discardableResult
  func wait(milliseconds: Int32 = -1) -> Bool {
    var waited = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while true {
      let count = unsafe poll(&waited, 1, milliseconds)
      if count >= 0 || errno != EINTR { return count > 0 }
    }
  }
}
