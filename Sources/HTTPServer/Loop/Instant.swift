/// A moment on the monotonic clock (`CLOCK_MONOTONIC`), in nanoseconds; a jump of the wall clock moves no deadline.
struct Instant: Comparable, Sendable {
  var nanoseconds: UInt64

  static func < (left: Instant, right: Instant) -> Bool { left.nanoseconds < right.nanoseconds }

  /// The moment so many milliseconds later; a negative number is none. Saturates instead of overflowing.
  func advanced(milliseconds: Int) -> Instant {
    let (added, overflow) = UInt64(max(milliseconds, 0)).multipliedReportingOverflow(by: 1_000_000)
    let (sum, carry) = nanoseconds.addingReportingOverflow(added)
    return Instant(nanoseconds: overflow || carry ? .max : sum)
  }

  /// Whole milliseconds until the other moment, rounded up so that a wait never ends too soon; 0 when it has passed.
  func milliseconds(until other: Instant) -> Int {
    guard other.nanoseconds > nanoseconds else { return 0 }
    let difference = other.nanoseconds - nanoseconds
    return Int(difference / 1_000_000) + (difference % 1_000_000 == 0 ? 0 : 1)
  }
}
