import Testing
import Text

@Suite struct DateTests {
  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2000-02-29T00:00:00Z", 951_782_400_000), ("2000-03-01T00:00:00Z", 951_868_800_000),
      ("2015-08-30T12:36:00Z", 1_440_938_160_000), ("2026-11-23T23:59:59.123Z", 1_795_478_399_123),
      ("2100-03-01T00:00:00Z", 4_107_542_400_000), ("0000-03-01T00:00:00Z", -62_162_035_200_000),
      ("1970-01-01T01:00:00+01:00", 0), ("1969-12-31T23:00:00-01:00", 0), ("1970-01-01t00:00:00.1234567z", 123),
      ("1970-01-01T00:00:60Z", 60_000), ("2024-02-29T00:00:00.5Z", 1_709_164_800_500),
      ("2023-02-29T00:00:00Z", nil), ("2100-02-29T00:00:00Z", nil), ("2027-01-31T12:00:00", nil), ("2026-11-23", nil),
      ("", nil), ("2027-01-31 12:00:00Z", nil), ("2027-13-01T00:00:00Z", nil), ("2027-00-01T00:00:00Z", nil),
      ("2027-01-31T12:00:00.Z", nil), ("2026-11-23T23:5x:59Z", nil), ("2026/11/23T23:59:59Z", nil),
      ("9999-99-99T99:99:99Z", nil), ("1970-01-01T00:00:61Z", nil), ("1970-01-01T24:00:00Z", nil),
      ("1970-01-01T00:00:00+24:00", nil), ("1970-01-01T00:00:00Zx", nil),
    ] as [(String, Int64?)])
  func `a moment of RFC 3339`(text: String, milliseconds: Int64?) {
    #expect(RFC3339.milliseconds(text) == milliseconds)
  }

  @Test func `every day from year -1 to 4000 leads to a date and back, one day after the day before`() throws {
    var (year, month, day): (Int64, Int64, Int64) = (-1, 1, 1)
    var number = try #require(CivilDate(year: year, month: month, day: day)).daysSinceEpoch
    while year < 4000 {
      let date = CivilDate(daysSinceEpoch: number)
      guard (date.year, date.month, date.day) == (year, month, day), date.daysSinceEpoch == number else {
        Issue.record("\(year)-\(month)-\(day)")
        return
      }
      number += 1
      if CivilDate(year: year, month: month, day: day + 1) != nil {
        day += 1
      } else {
        (month, day) = (month % 12 + 1, 1)
        if month == 1 { year += 1 }
      }
    }
  }
}
