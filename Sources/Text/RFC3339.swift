/// Moments as RFC 3339 section 5.6 writes them, such as `2026-11-24T03:00:00.5+01:00`.
package enum RFC3339 {
  /// Returns the milliseconds since 1970-01-01T00:00:00Z of a `date-time`; nil for any other text.
  ///
  /// Any offset is accepted, and any number of digits of a second, of which three count. A leap
  /// second counts as the second after it.
  package static func milliseconds(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      bytes[10] | 0x20 == UInt8(ascii: "t"), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]),
      let date = CivilDate(year: year, month: month, day: day),
      let hour = number(bytes[11..<13]), hour < 24, let minute = number(bytes[14..<16]), minute < 60,
      let second = number(bytes[17..<19]), second <= 60,
      let (milliseconds, rest) = fraction(bytes[19...]), let offset = offset(rest)
    else { return nil }
    let minutes = (date.daysSinceEpoch * 24 + hour) * 60 + minute - offset
    return (minutes * 60 + second) * 1000 + milliseconds
  }

  private static func number(_ digits: some Sequence<UInt8>) -> Int64? { ASCII.number(digits) }

  /// Returns the milliseconds of an optional fraction, and what follows it.
  private static func fraction(_ text: ArraySlice<UInt8>) -> (Int64, ArraySlice<UInt8>)? {
    guard text.first == UInt8(ascii: ".") else { return (0, text) }
    let digits = text.dropFirst().prefix(while: ASCII.isDigit)
    guard !digits.isEmpty else { return nil }
    let three = (Array(digits.prefix(3)) + [0x30, 0x30])[..<3]
    return number(three).map { ($0, text[digits.endIndex...]) }
  }

  /// Returns the minutes east of UTC.
  private static func offset(_ text: ArraySlice<UInt8>) -> Int64? {
    guard let first = text.first else { return nil }
    if first | 0x20 == UInt8(ascii: "z") { return text.count == 1 ? 0 : nil }
    let bytes = Array(text)
    guard first == UInt8(ascii: "+") || first == UInt8(ascii: "-"), bytes.count == 6, bytes[3] == UInt8(ascii: ":"),
      let hours = number(bytes[1..<3]), hours < 24, let minutes = number(bytes[4..<6]), minutes < 60
    else { return nil }
    return (first == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes)
  }
}
