import Glibc

/// A value that several threads share, touched by one at a time.
///
/// Held by a pthread mutex, since `Synchronization.Mutex` is a futex inside a library that the thread sanitizer does not look into:
/// twenty lines with two threads that append to an array under it are reported as a race already, and the same with this mutex are not.
/// The sanitizer would be blind to what the lock really orders.
@safe final class Guarded<Value>: @unchecked Sendable {
  // Unchecked, since the compiler cannot see that `value` is touched under `mutex` alone.
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private var value: Value

  init(_ value: sending Value) {
    self.value = value
    unsafe mutex = .allocate(capacity: 1)
    // Without attributes it cannot fail on Linux, nor can locking a mutex of this kind.
    unsafe pthread_mutex_init(mutex, nil)
  }

  deinit {
    unsafe pthread_mutex_destroy(mutex)
    unsafe mutex.deallocate()
  }

  /// Runs `body` on the value while no other thread can.
  func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    return try body(&value)
  }
}
