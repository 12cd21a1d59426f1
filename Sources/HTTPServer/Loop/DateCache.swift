/// The value of `Date`, made once a second.
struct DateCache {
  private var seconds = Int.min
  private var text: [UInt8] = []

  /// The 29 bytes for so many seconds since 1970.
  mutating func bytes(seconds now: Int) -> [UInt8] {
    if now != seconds {
      seconds = now
      text = Self.fixdate(now)
    }
    return text
  }

  /// IMF-fixdate of RFC 9110 section 5.6.7. Years beyond four digits, and those before 1970, are held at the edge.
  static func fixdate(_ seconds: Int) -> [UInt8] {
    let seconds = min(max(seconds, 0), 253_402_300_799)
    let (day, second) = (seconds / 86_400, seconds % 86_400)
    let (year, month, dayOfMonth) = civil(day)
    // 1 January 1970 was a Thursday.
    let weekday = weekdays[(day + 4) % 7]
    let date = "\(weekday), \(padded(dayOfMonth)) \(months[month - 1]) \(padded(year, 4))"
    return Array("\(date) \(padded(second / 3600)):\(padded(second / 60 % 60)):\(padded(second % 60)) GMT".utf8)
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// Days since 1970 as a date, counted in eras of 400 years that begin in March, so that the leap day comes last.
  private static func civil(_ day: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = day + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  private static func padded(_ number: Int, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
