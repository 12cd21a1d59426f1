import Registry
import System

extension Timestamp {
  /// This moment by the wall clock.
  static var now: Timestamp { Timestamp(milliseconds: WallClock.milliseconds) }
}
