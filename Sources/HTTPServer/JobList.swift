import Glibc

/// The jobs that wait for a loop's thread; any thread may add to them.
///
/// Held by a pthread mutex, since `Synchronization.Mutex` is a futex inside a library that the thread sanitizer does not look into:
/// twenty lines with two threads that append to an array under it are reported as a race already, and the same with this mutex are not.
/// As every handler's continuation comes this way, the sanitizer would be blind to what the lock really orders.
@safe final class JobList: @unchecked Sendable {
  // Unchecked, since the compiler cannot see that `jobs` is touched under `mutex` alone.
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private var jobs: [UnownedJob] = []

  init() {
    unsafe mutex = .allocate(capacity: 1)
    // Without attributes it cannot fail on Linux, nor can locking a mutex of this kind.
    unsafe pthread_mutex_init(mutex, nil)
  }

  deinit {
    unsafe pthread_mutex_destroy(mutex)
    unsafe mutex.deallocate()
  }

  func append(_ job: UnownedJob) {
    locked { jobs.append(job) }
  }

  /// Takes all of them out.
  func takeAll() -> [UnownedJob] {
    locked {
      defer { jobs.removeAll() }
      return jobs
    }
  }

  /// Whether there are none; if so, `then` has run before another could be added.
  func isEmpty(then: () -> Void) -> Bool {
    locked {
      if jobs.isEmpty { then() }
      return jobs.isEmpty
    }
  }

  private func locked<Result>(_ body: () -> Result) -> Result {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    return body()
  }
}
