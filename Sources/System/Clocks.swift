import Glibc

/// The time of day (`CLOCK_REALTIME`), which an operator or NTP may set forwards and backwards.
package enum WallClock {
  /// Seconds since 1970.
  package static var seconds: Int { readClock(CLOCK_REALTIME).tv_sec }

  /// Milliseconds since 1970.
  package static var milliseconds: Int64 {
    let time = readClock(CLOCK_REALTIME)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}

/// A moment on the monotonic clock (`CLOCK_MONOTONIC`), in nanoseconds. A change of the wall clock
/// moves no deadline.
@frozen package struct Instant: Comparable, Sendable {
  /// Nanoseconds since an arbitrary moment before the process started.
  package var nanoseconds: UInt64

  /// The moment with this number of nanoseconds.
  @inlinable package init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

  /// This moment.
  package static var now: Instant {
    let time = readClock(CLOCK_MONOTONIC)
    return Instant(nanoseconds: UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec))
  }

  /// Earlier moments come first.
  @inlinable package static func < (left: Instant, right: Instant) -> Bool { left.nanoseconds < right.nanoseconds }

  /// The moment that many milliseconds later; a negative number counts as 0. Saturates instead of
  /// overflowing.
  @inlinable package func advanced(milliseconds: Int) -> Instant {
    let (added, overflow) = UInt64(max(milliseconds, 0)).multipliedReportingOverflow(by: 1_000_000)
    let (sum, carry) = nanoseconds.addingReportingOverflow(added)
    return Instant(nanoseconds: overflow || carry ? .max : sum)
  }

  /// The seconds until the other moment; 0 if it has passed.
  @inlinable package func seconds(until other: Instant) -> Double {
    other > self ? Double(other.nanoseconds - nanoseconds) / 1e9 : 0
  }

  /// Whole milliseconds until the other moment, rounded up so that a wait never ends too soon; 0 if
  /// it has passed.
  @inlinable package func milliseconds(until other: Instant) -> Int {
    guard other.nanoseconds > nanoseconds else { return 0 }
    let difference = other.nanoseconds - nanoseconds
    return Int(difference / 1_000_000) + (difference % 1_000_000 == 0 ? 0 : 1)
  }
}

/// The processor time of the calling thread (`CLOCK_THREAD_CPUTIME_ID`). It does not count waits,
/// nor the work of others on a busy machine.
package enum ThreadTime {
  /// Nanoseconds since the thread started.
  package static var nanoseconds: UInt64 {
    let time = readClock(CLOCK_THREAD_CPUTIME_ID)
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
  }
}

private func readClock(_ id: clockid_t) -> timespec {
  var time = timespec()
  unsafe clock_gettime(id, &time)
  return time
}
