import Text

/// The prefix of a kind of identifier, such as `icc_`.
package protocol IdentifierKind: Sendable {
  /// The characters before the 26 of the identifier itself, the underscore included.
  static var prefix: StaticString { get }
}

/// An identifier whose text sorts by time of creation: a prefix and 26 lower-case Crockford base-32
/// characters for 48 bits of milliseconds and 80 random bits, the layout of a ULID
/// (github.com/ulid/spec).
package struct TimeOrderedID<Kind: IdentifierKind>: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The identifier's text.
  package let text: String

  /// The 128 bits in digits of five.
  static var digitCount: Int { 26 }

  /// The identifier with this text; nil where it has not the prefix and 26 characters of the
  /// alphabet, the first of them at most `7`.
  package init?(_ text: String) {
    guard Self.isValid(text.utf8.span) else { return nil }
    self.text = text
  }

  private static func isValid(_ bytes: Span<UInt8>) -> Bool {
    let prefix = Kind.prefix.utf8CodeUnitCount
    guard bytes.count == prefix + Self.digitCount, bytes[prefix] <= UInt8(ascii: "7") else {
      return false
    }
    for index in 0..<prefix where unsafe bytes[index] != Kind.prefix.utf8Start[index] { return false }
    for index in prefix..<bytes.count where !CrockfordBase32.contains(bytes[index]) { return false }
    return true
  }

  /// An identifier read back from where only valid ones are stored.
  package init(stored text: String) {
    self.text = text
  }

  init(bits: UInt128) {
    let digits = CrockfordBase32.encode(bits, digits: Self.digitCount)
    text = Kind.prefix.description + String(decoding: digits, as: UTF8.self)
  }

  /// The 128 bits that the text encodes: comparing them is comparing the times of creation.
  package var bits: UInt128 {
    text.utf8.dropFirst(Kind.prefix.utf8CodeUnitCount).reduce(0) { bits, digit in
      bits << 5 | UInt128(CrockfordBase32.value(of: digit) ?? 0)
    }
  }

  /// The time at which the identifier was made.
  package var time: Timestamp { Timestamp(milliseconds: Int64(truncatingIfNeeded: bits >> 80)) }

  /// Earlier created ones come first.
  package static func < (left: Self, right: Self) -> Bool {
    left.text < right.text
  }

  /// The text itself.
  package var description: String { text }
}
