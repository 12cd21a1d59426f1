import System

/// Draws identifiers that sort by creation also if the clock stops or jumps back: then the last one
/// is counted on (the ULID specification's "monotonicity").
package final class IdentifierSource: Sendable {
  private let last: Locked<UInt128>

  /// A source whose identifiers come after `greatest`, the greatest one that is already in use, if
  /// there is one.
  package init(after greatest: UInt128 = 0) {
    last = Locked(greatest)
  }

  /// A fresh identifier for the given moment.
  package func next<Kind>(_ kind: Kind.Type = Kind.self, at now: Timestamp) -> TimeOrderedID<Kind> {
    let random = SystemRandom.bytes(10).reduce(0) { $0 << 8 | UInt128($1) }
    let drawn = UInt128(UInt64(clamping: now.milliseconds) & 0xFFFF_FFFF_FFFF) << 80 | random
    return TimeOrderedID(
      bits: last.withLock { last in
        last = drawn > last ? drawn : last &+ 1
        return last
      })
  }
}
