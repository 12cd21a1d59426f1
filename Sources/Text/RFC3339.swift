import Registry

extension Timestamp {
  /// Reads a `date-time` of RFC 3339 section 5.6, in any offset and with any number of digits of a second, of which three
  /// count; a leap second counts as the second after it. Nil for any other text.
  init?(rfc3339 text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      bytes[10] | 0x20 == UInt8(ascii: "t"), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]), (1...12).contains(month),
      let day = Self.number(bytes[8..<10]), (1...Self.daysOf(month, year)).contains(day),
      let hour = Self.number(bytes[11..<13]), hour < 24, let minute = Self.number(bytes[14..<16]), minute < 60,
      let second = Self.number(bytes[17..<19]), second <= 60,
      let (milliseconds, rest) = Self.fraction(bytes[19...]), let offset = Self.offset(rest)
    else { return nil }
    let minutes = (Self.daysSinceEpoch(year, month, day) * 24 + hour) * 60 + minute - offset
    self.init(milliseconds: (minutes * 60 + second) * 1000 + milliseconds)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
    var value: Int64 = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      value = value * 10 + Int64(digit - 0x30)
    }
    return value
  }

  /// The milliseconds of an optional fraction, and what follows it.
  private static func fraction(_ text: ArraySlice<UInt8>) -> (Int64, ArraySlice<UInt8>)? {
    guard text.first == UInt8(ascii: ".") else { return (0, text) }
    let digits = text.dropFirst().prefix { (0x30...0x39).contains($0) }
    guard !digits.isEmpty else { return nil }
    let three = (Array(digits.prefix(3)) + [0x30, 0x30])[..<3]
    return number(three).map { ($0, text[digits.endIndex...]) }
  }

  /// Minutes to the east of UTC.
  private static func offset(_ text: ArraySlice<UInt8>) -> Int64? {
    guard let first = text.first else { return nil }
    if first | 0x20 == UInt8(ascii: "z") { return text.count == 1 ? 0 : nil }
    let bytes = Array(text)
    guard first == UInt8(ascii: "+") || first == UInt8(ascii: "-"), bytes.count == 6, bytes[3] == UInt8(ascii: ":"),
      let hours = number(bytes[1..<3]), hours < 24, let minutes = number(bytes[4..<6]), minutes < 60
    else { return nil }
    return (first == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes)
  }

  private static func daysOf(_ month: Int64, _ year: Int64) -> Int64 {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Int(month - 1)]
  }

  /// Howard Hinnant's `days_from_civil` (howardhinnant.github.io/date_algorithms.html), for years from 0.
  private static func daysSinceEpoch(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month <= 2 ? year + 399 : year + 400
    let yearOfEra = shifted % 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return (shifted / 400 - 1) * 146_097 + dayOfEra - 719_468
  }
}
