/// What a kind of identifier begins with, such as `icc_`.
package protocol IdentifierKind: Sendable {
  /// The characters before the 26 of the identifier itself, the underscore included.
  static var prefix: StaticString { get }
}

/// An identifier whose text sorts by time of creation: a prefix and 26 lower-case Crockford base-32 characters for
/// 48 bits of milliseconds and 80 random bits, the layout of a ULID (github.com/ulid/spec).
package struct TimeOrderedID<Kind: IdentifierKind>: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The identifier's text.
  package let text: String

  /// The identifier with this text; nil where it has not the prefix and 26 characters of the alphabet, the first of them at most `7`.
  package init?(_ text: String) {
    let bytes = text.utf8
    let prefixLength = Kind.prefix.utf8CodeUnitCount
    guard bytes.count == prefixLength + CrockfordBase32.lengthOf128Bits, text.hasPrefix(Kind.prefix.description) else {
      return nil
    }
    let characters = bytes.dropFirst(prefixLength)
    guard let first = characters.first, first <= UInt8(ascii: "7"), characters.allSatisfy(CrockfordBase32.contains)
    else { return nil }
    self.text = text
  }

  /// An identifier read back from where only valid ones are stored.
  package init(stored text: String) {
    self.text = text
  }

  init(bits: UInt128) {
    text = Kind.prefix.description + CrockfordBase32.encode(bits)
  }

  /// The 128 bits that the text stands for: comparing them is comparing the times of creation.
  package var bits: UInt128 {
    text.utf8.dropFirst(Kind.prefix.utf8CodeUnitCount).reduce(0) { $0 << 5 | CrockfordBase32.value(of: $1) }
  }

  /// Earlier created ones come first.
  package static func < (left: Self, right: Self) -> Bool {
    left.text < right.text
  }

  /// The text itself.
  package var description: String { text }
}
