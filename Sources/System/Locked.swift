package import Glibc

/// A value that threads share, accessed by one at a time.
///
/// Protected by a pthread mutex. `Synchronization.Mutex` is a futex inside a library that is not
/// built for the thread sanitizer: two threads that append to an array under it are already
/// reported as a race, and with this one they are not.
@safe package final class Locked<Value: ~Copyable>: @unchecked Sendable {
  // Unchecked: `value` is only accessed while `mutex` is held, which the compiler cannot see.
  @usableFromInline let mutex: UnsafeMutablePointer<pthread_mutex_t>
  @usableFromInline var value: Value

  /// Protects a value.
  package init(_ value: consuming sending Value) {
    self.value = value
    unsafe mutex = .allocate(capacity: 1)
    // Neither this nor locking can fail on Linux for a mutex without attributes.
    unsafe pthread_mutex_init(mutex, nil)
  }

  deinit {
    unsafe pthread_mutex_destroy(mutex)
    unsafe mutex.deallocate()
  }

  /// Runs `body` with exclusive access to the value.
  @inlinable
  package func withLock<Result: ~Copyable, Failure: Error>(
    _ body: (inout sending Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    return try body(&value)
  }
}
