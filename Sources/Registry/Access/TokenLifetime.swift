/// The lifetimes that a token can have, for the API and the command alike.
package enum TokenLifetime {
  /// The allowed numbers of days: ten years at most. A longer life is a typo, or no end at all.
  package static let days: ClosedRange<Int64> = 1...3650

  private static let millisecondsPerDay: Int64 = 86_400_000

  /// Returns the moment that many days after `now`.
  package static func end(afterDays days: Int64, from now: Timestamp) -> Timestamp {
    now.adding(milliseconds: days * millisecondsPerDay)
  }

  /// Returns what is wrong with a token's end; nil if it is in the future and near enough.
  static func error(of end: Timestamp, _ now: Timestamp) -> Diagnostic? {
    let latest = Self.end(afterDays: days.upperBound, from: now)
    guard end <= now || end > latest else { return nil }
    return Diagnostic(
      pointer: "/expiresAt", code: "expires-at.out-of-range",
      detail: end <= now ? "This time is in the past." : "This time is more than \(days.upperBound) days away.",
      hint: "Choose a time from now to \(latest), or omit the field for a token that never expires.")
  }
}
