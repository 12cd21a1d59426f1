import Glibc

/// A thread of the operating system that runs one function. What blocks (a sync, a call to AWS)
/// belongs on one of these, not on the threads that run Swift's tasks, which must never be blocked.
///
/// It blocks the signals that other processes send, so that the kernel delivers them to the thread
/// that waits for them.
package struct SystemThread: Sendable {
  private let handle: pthread_t

  /// Starts a thread, which must be joined once.
  package static func start(_ body: sending @escaping () -> Void) throws(SystemError) -> SystemThread {
    SystemThread(handle: try create(body))
  }

  /// Starts a thread that is never joined.
  package static func detach(_ body: sending @escaping () -> Void) throws(SystemError) {
    pthread_detach(try create(body))
  }

  /// Lets the calling thread do nothing for this time. Not for a thread that runs Swift's tasks.
  package static func sleep(milliseconds: Int) {
    var rest = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
    while true {
      let interval = rest
      if unsafe nanosleep([interval], &rest) == 0 || errno != EINTR { return }
    }
  }

  /// Lowers the priority of the calling thread, so that it yields to threads that answer requests:
  /// on Linux, the nice value belongs to the thread (setpriority(2), "C library/kernel
  /// differences").
  package static func lowerPriority() {
    _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
  }

  /// Waits until the thread's function has returned.
  package func join() {
    pthread_join(handle, nil)
  }

  private static func create(_ body: sending @escaping () -> Void) throws(SystemError) -> pthread_t {
    var blocked = sigset_t()
    var before = sigset_t()
    unsafe sigfillset(&blocked)
    // pthread_sigmask(3p): the result is undefined if one of these is generated while it is
    // blocked.
    for fault in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT] { unsafe sigdelset(&blocked, fault) }
    unsafe pthread_sigmask(SIG_SETMASK, &blocked, &before)
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
      throw SystemError("pthread_create", number: failure)
    }
    return handle
  }

  private final class Work {
    let body: () -> Void

    init(_ body: @escaping () -> Void) {
      self.body = body
    }
  }
}
