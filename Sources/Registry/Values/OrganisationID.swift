import Text

/// The identifier of an organisation, chosen by an administrator: 1 to 63 of `a-z`, `0-9` and `-`,
/// not beginning or ending with `-`.
package struct OrganisationID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The identifier's text.
  package let text: String

  /// The identifier with this text; nil where it breaks the rule.
  package init?(_ text: String) {
    let bytes = text.utf8
    guard (1...63).contains(bytes.count), let first = bytes.first, let last = bytes.last,
      ASCII.isLowercaseLetterOrDigit(first), ASCII.isLowercaseLetterOrDigit(last),
      bytes.allSatisfy({ ASCII.isLowercaseLetterOrDigit($0) || $0 == UInt8(ascii: "-") })
    else { return nil }
    self.text = text
  }

  /// An identifier read back from where only valid ones are stored.
  package init(stored text: String) {
    self.text = text
  }

  /// The organisation that every registry has, and that an administrator's request means when it
  /// names none.
  package static let `default` = OrganisationID(stored: "default")

  /// By the bytes of the text.
  package static func < (left: Self, right: Self) -> Bool {
    left.text < right.text
  }

  /// The text itself.
  package var description: String { text }
}
