import System

/// The jobs that wait for a loop's thread; any thread may add to them.
final class JobList: Sendable {
  private let jobs = Locked<[UnownedJob]>([])

  func append(_ job: UnownedJob) {
    jobs.withLock { $0.append(job) }
  }

  /// Takes all of them out.
  func takeAll() -> [UnownedJob] {
    jobs.withLock { jobs in
      defer { jobs.removeAll() }
      return jobs
    }
  }

  /// True if there are none; if so, `then` has run before another could be added.
  func isEmpty(then: () -> Void) -> Bool {
    jobs.withLock { jobs in
      if jobs.isEmpty { then() }
      return jobs.isEmpty
    }
  }
}
