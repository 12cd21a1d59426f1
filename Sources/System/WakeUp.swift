import CLinux
import Glibc

/// A signal from any thread to the one that waits for it, or whose poller watches it: an
/// eventfd(2).
package final class WakeUp: Sendable {
  private let descriptor: Descriptor

  /// A wake-up that has not been signalled.
  package init() throws(SystemError) {
    descriptor = try Descriptor(eventfd(0, Int32(EFD_NONBLOCK) | Int32(EFD_CLOEXEC)), from: "eventfd")
  }

  /// The number for a poller.
  package var number: Int32 { descriptor.number }

  /// Wakes the waiting thread, or the next that waits. It stays signalled until `clear`. Cannot
  /// fail except when the counter is near 2^64, and then it is signalled already.
  package func signal() {
    var one: UInt64 = 1
    _ = unsafe write(number, &one, MemoryLayout<UInt64>.size)
  }

  /// Forgets all signals so far.
  package func clear() {
    var count: UInt64 = 0
    _ = unsafe read(number, &count, MemoryLayout<UInt64>.size)
  }

  /// Waits for a signal, which stays; false if the time in milliseconds (-1 for no limit) has
  /// passed.
  @discardableResult
  package func wait(milliseconds: Int32 = -1) -> Bool {
    Descriptor.poll(number, POLLIN, milliseconds: milliseconds)
  }

  /// Waits for a signal and clears it. Only one thread may do so: of several, one would be woken
  /// for nothing.
  package func waitAndClear() {
    wait()
    clear()
  }
}
