import Glibc

/// A thread of the system's that runs one function to its end. What blocks (a sync, a checkpoint) belongs on one of these
/// and not on the threads that run Swift's tasks, which count on never being blocked.
struct WorkerThread: Sendable {
  private let handle: pthread_t

  /// Starts the thread. All signals are blocked on it, so that they are delivered to the threads that wait for them.
  /// Nil where the system makes no more threads.
  init?(_ body: sending @escaping () -> Void) {
    var every = sigset_t()
    var before = sigset_t()
    unsafe sigfillset(&every)
    unsafe pthread_sigmask(SIG_SETMASK, &every, &before)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
    let work = unsafe Unmanaged.passRetained(Work(body)).toOpaque()
    var handle = pthread_t()
    let failure = unsafe pthread_create(
      &handle, nil,
      { work in
        guard let work = unsafe work else { return nil }
        unsafe Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body()
        return nil
      }, work)
    guard failure == 0 else {
      unsafe Unmanaged<Work>.fromOpaque(work).release()
      return nil
    }
    self.handle = handle
  }

  /// Waits until the thread's function has returned. To be called once.
  func join() {
    pthread_join(handle, nil)
  }

  private final class Work {
    let body: () -> Void

    init(_ body: @escaping () -> Void) {
      self.body = body
    }
  }
}
