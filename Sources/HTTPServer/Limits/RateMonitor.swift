import System

/// True if a body comes in, or output goes out, at the least rate: looked at once each period, so
/// that a trickle shows.
struct RateMonitor {
  /// The start of the wait for the whole.
  var began = Instant(nanoseconds: 0)
  /// The number of bytes that had moved on the connection when it was looked at last.
  var moved = 0
  /// The number of the message that is waited for.
  var message = 0

  /// True if enough has moved in the period that ends now, and the whole has not taken longer than
  /// it may.
  func isSufficient(_ movedNow: Int, at now: Instant, _ deadlines: HTTPDeadlines, whole: Int?) -> Bool {
    if let whole, now >= began.advanced(milliseconds: whole) { return false }
    let (product, overflow) = deadlines.minimumRate.multipliedReportingOverflow(by: deadlines.ratePeriod)
    return !overflow && movedNow - moved >= product / 1000
  }
}
