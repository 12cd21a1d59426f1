import Glibc

/// The processor's time that the calling thread has had, in seconds: on a machine that is shared,
/// the clock on the wall counts what others do.
package enum ProcessorTime {
  /// The time for the work.
  package static func spent(_ work: () throws -> Void) rethrows -> Double {
    let start = now()
    try work()
    return now() - start
  }

  private static func now() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
