import Glibc

/// A counting semaphore (sem_overview(7)).
///
/// `Sendable` without the compiler's check: `sem_post` and `sem_wait` are made to be called by several threads on one
/// semaphore, whose address is never changed.
@safe final class Semaphore: @unchecked Sendable {
  private let semaphore: UnsafeMutablePointer<sem_t>

  init() {
    unsafe semaphore = .allocate(capacity: 1)
    unsafe sem_init(semaphore, 0, 0)
  }

  deinit {
    unsafe sem_destroy(semaphore)
    unsafe semaphore.deallocate()
  }

  /// Lets one waiting thread go on, or the next that comes.
  func post() {
    unsafe sem_post(semaphore)
  }

  /// Waits for a `post`; a signal handler's interruption is not one.
  func wait() {
    while unsafe sem_wait(semaphore) != 0, errno == EINTR {}
  }
}
