/// A moment as Signature V4 writes it.
package struct SigningTime: Hashable, Sendable {
  /// `20150830T123600Z`
  package let text: String
  /// `20150830`
  package var date: String { String(text.prefix(8)) }

  /// The moment that many seconds after 1970.
  package init(secondsSinceEpoch: Int) {
    let (day, ofDay) = secondsSinceEpoch.quotientAndRemainder(dividingBy: 86_400)
    let two = { (value: Int) in (value < 10 ? "0" : "") + String(value) }
    text =
      Self.date(daysSinceEpoch: day) + "T" + two(ofDay / 3600) + two(ofDay / 60 % 60) + two(ofDay % 60) + "Z"
  }

  /// The civil date by Howard Hinnant's `civil_from_days` (https://howardhinnant.github.io/date_algorithms.html), for days
  /// from 1970 on.
  private static func date(daysSinceEpoch: Int) -> String {
    let (era, dayOfEra) = (daysSinceEpoch + 719_468).quotientAndRemainder(dividingBy: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return String(year * 10_000 + month * 100 + day)
  }
}
