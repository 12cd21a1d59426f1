import Text

/// A moment as Signature V4 writes it.
package struct SigningTime: Hashable, Sendable {
  /// `20150830T123600Z`
  package let text: String
  /// `20150830`
  package var date: String { String(text.prefix(8)) }

  /// The moment that many seconds after 1970.
  package init(secondsSinceEpoch: Int) {
    let (days, ofDay) = secondsSinceEpoch.quotientAndRemainder(dividingBy: 86_400)
    let date = CivilDate(daysSinceEpoch: Int64(days))
    let two = { (value: Int) in ASCII.padded(value, to: 2) }
    text =
      String(date.year * 10_000 + date.month * 100 + date.day)
      + "T" + two(ofDay / 3600) + two(ofDay / 60 % 60) + two(ofDay % 60) + "Z"
  }
}
