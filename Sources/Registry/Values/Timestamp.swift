import Text

/// A moment: milliseconds since 1970-01-01T00:00:00Z, written as RFC 3339 in UTC with three digits
/// of a second.
package struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Milliseconds since the epoch; years 0000 to 9999 can be written.
  package let milliseconds: Int64

  /// The moment that many milliseconds after the epoch.
  package init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// Earlier moments come first.
  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// The moment that many milliseconds later (earlier, if negative); stays at the end of the range
  /// rather than overflow.
  package func adding(milliseconds more: Int64) -> Timestamp {
    let (sum, overflow) = milliseconds.addingReportingOverflow(more)
    return Timestamp(milliseconds: overflow ? (more < 0 ? .min : .max) : sum)
  }

  /// `2026-11-23T10:15:30.123Z` (RFC 3339 section 5.6).
  package var description: String {
    let text = utf8
    return unsafe String(copying: UTF8Span(unchecked: text.span))
  }

  /// The description's bytes.
  package var utf8: [24 of UInt8] {
    let (days, ofDay) = milliseconds.flooredDivision(by: 86_400_000)
    let date = CivilDate(daysSinceEpoch: days)
    let (seconds, fraction) = ofDay.flooredDivision(by: 1000)
    var text: [24 of UInt8] = .init(repeating: 0)
    text.write(date.year, digits: 4, at: 0, then: "-")
    text.write(date.month, digits: 2, at: 5, then: "-")
    text.write(date.day, digits: 2, at: 8, then: "T")
    text.write(seconds / 3600, digits: 2, at: 11, then: ":")
    text.write(seconds / 60 % 60, digits: 2, at: 14, then: ":")
    text.write(seconds % 60, digits: 2, at: 17, then: ".")
    text.write(fraction, digits: 3, at: 20, then: "Z")
    return text
  }
}

extension [24 of UInt8] {
  fileprivate mutating func write(_ value: Int64, digits: Int, at start: Int, then mark: Unicode.Scalar) {
    var rest = value
    for place in stride(from: start + digits - 1, through: start, by: -1) {
      self[place] = UInt8(truncatingIfNeeded: 0x30 + rest % 10)
      rest /= 10
    }
    self[start + digits] = UInt8(truncatingIfNeeded: mark.value)
  }
}

extension Int64 {
  fileprivate func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
