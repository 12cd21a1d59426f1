import Text

/// The value of `Date`, made once a second.
struct DateCache {
  private var seconds = Int.min
  private var text: [UInt8] = []

  /// The 29 bytes for this number of seconds since 1970.
  mutating func bytes(seconds now: Int) -> [UInt8] {
    if now != seconds {
      seconds = now
      text = Self.fixdate(now)
    }
    return text
  }

  /// IMF-fixdate of RFC 9110 section 5.6.7. Years beyond four digits, and those before 1970, are
  /// held at the edge.
  static func fixdate(_ seconds: Int) -> [UInt8] {
    let seconds = min(max(seconds, 0), 253_402_300_799)
    let (day, second) = (seconds / 86_400, seconds % 86_400)
    let civil = CivilDate(daysSinceEpoch: Int64(day))
    // 1 January 1970 was a Thursday.
    let weekday = weekdays[(day + 4) % 7]
    let date = "\(weekday), \(padded(civil.day)) \(months[Int(civil.month) - 1]) \(padded(civil.year, 4))"
    return Array("\(date) \(padded(second / 3600)):\(padded(second / 60 % 60)):\(padded(second % 60)) GMT".utf8)
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  private static func padded(_ number: some FixedWidthInteger, _ width: Int = 2) -> String {
    ASCII.padded(number, to: width)
  }
}
