import Text

/// The name that an import job gives to its use of an ICC, unique within the ICC.
package struct UsageKey: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The maximum number of characters.
  package static let maxCharacters = 128

  /// The text.
  package let text: String

  /// A key from the store, where only valid ones are kept.
  package init(stored text: String) {
    self.text = text
  }

  /// The key in a request; nil unless it is a letter or digit, followed by up to 127 letters,
  /// digits and `.`, `_`, `-`. A URL needs no percent-encoding for them.
  package init?(_ text: String) {
    let others = "._-".utf8
    guard let first = text.utf8.first, ASCII.isLetterOrDigit(first), text.utf8.count <= Self.maxCharacters,
      text.utf8.allSatisfy({ ASCII.isLetterOrDigit($0) || others.contains($0) })
    else { return nil }
    self.text = text
  }

  /// The text.
  package var description: String { text }

  /// The order of the texts, byte by byte.
  package static func < (left: UsageKey, right: UsageKey) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }
}
