import Registry
import System

/// The ends of the last verifications, for the pause between two verifications of one ICC. It
/// forgets what is longer ago than the pause.
struct VerificationPauses {
  /// The number of ICCs from which on it looks for those that it can forget.
  private static let minimumToForget = 1024
  private let milliseconds: Int
  private var ends: [ICCID: Instant] = [:]
  private var countToForget = minimumToForget

  /// Pauses of this length; 0 means none.
  init(milliseconds: Int) {
    self.milliseconds = milliseconds
  }

  /// Returns the seconds until the ICC can be verified again, rounded up; nil if it can be now.
  func secondsLeft(of icc: ICCID, at now: Instant) -> Int? {
    guard let end = ends[icc] else { return nil }
    let left = milliseconds - end.milliseconds(until: now)
    return left > 0 ? (left + 999) / 1000 : nil
  }

  /// Notes that a verification of the ICC has ended.
  mutating func note(_ icc: ICCID, endedAt now: Instant) {
    guard milliseconds > 0 else { return }
    ends[icc] = now
    guard ends.count >= countToForget else { return }
    ends = ends.filter { $0.value.milliseconds(until: now) < milliseconds }
    countToForget = max(Self.minimumToForget, 2 * ends.count)
  }

  /// The number of ICCs that it remembers, for tests.
  var count: Int { ends.count }
}
