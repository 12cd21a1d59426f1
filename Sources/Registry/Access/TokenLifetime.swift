/// The limits on the life of new tokens. Every new token ends.
package struct TokenLifetime: Sendable {
  /// The numbers of days that a limit can have: ten years at most. A longer life is a typo, or no
  /// end at all.
  package static let days: ClosedRange<Int64> = 1...3650
  private static let millisecondsPerDay: Int64 = 86_400_000

  /// The life of a token for which no end was requested.
  package let defaultDays: Int64
  /// The longest life that can be requested.
  package let maxDays: Int64

  /// The given limits; the default is not longer than the maximum.
  package init(defaultDays: Int64 = 365, maxDays: Int64 = days.upperBound) {
    self.defaultDays = min(defaultDays, maxDays)
    self.maxDays = maxDays
  }

  /// Returns the moment that many days after `now`.
  package static func end(afterDays days: Int64, from now: Timestamp) -> Timestamp {
    now.adding(milliseconds: days * millisecondsPerDay)
  }

  /// Returns the end of a token for which none was requested: a token made by a token ends no later
  /// than its maker.
  package func defaultEnd(maker: Token?, from now: Timestamp) -> Timestamp {
    let end = Self.end(afterDays: defaultDays, from: now)
    return min(end, maker?.expiresAt ?? end)
  }

  /// Returns what is wrong with a token's end; nil if it is in the future, near enough, and not
  /// after its maker's.
  func error(of end: Timestamp, maker: Token?, _ now: Timestamp) -> Diagnostic? {
    let latest = Self.end(afterDays: maxDays, from: now)
    if end <= now || end > latest {
      return Diagnostic(
        pointer: "/expiresAt", code: "expires-at.out-of-range",
        detail: end <= now ? "This time is in the past." : "This time is more than \(maxDays) days away.",
        hint: "Choose a time from now to \(latest), or omit the field for the default of \(defaultDays) days.")
    }
    guard let makersEnd = maker?.expiresAt, end > makersEnd else { return nil }
    return Diagnostic(
      pointer: "/expiresAt", code: "expires-at.after-your-token",
      detail: "The token would outlive yours, which expires at \(makersEnd).",
      hint: "Choose a time up to then, or omit the field.")
  }
}
