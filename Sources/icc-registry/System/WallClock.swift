import Glibc
import Registry

/// The wall clock.
enum WallClock {
  /// The moment by `CLOCK_REALTIME`.
  static var now: Timestamp {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }
}
