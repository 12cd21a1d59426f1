/// The name that people know an ICC by: 1 to 128 characters, none of them a control character.
package struct ICCName: Hashable, Sendable, CustomStringConvertible {
  /// The number of characters (Unicode code points, as JSON Schema counts them) that a name may have.
  package static let characterCounts = 1...128

  /// The value's text.
  package let text: String

  /// A value read back from where only valid ones are stored.
  package init(stored text: String) {
    self.text = text
  }

  /// The name that a caller offers; it is kept as it is, white space around it included. Control characters are those
  /// of Unicode's category Cc: U+0000 to U+001F and U+007F to U+009F. Throws `name.length` and `name.control-character`.
  package init(validating text: String) throws(InvalidValue) {
    var examination = Examination(.name)
    let count = text.unicodeScalars.count
    if !Self.characterCounts.contains(count) {
      examination.report(
        "length", "The name has \(count) characters; it must have from 1 to 128.",
        hint: "Choose a name by which your colleagues will know this import, such as “Acme CRM, weekly”.")
    }
    if let character = ExaminedText(text).firstCharacter(where: { $0.isControlCharacter }) {
      examination.report(
        "control-character", "There is \(character.description) at offset \(character.offset).",
        hint: "Write the name in one line, with spaces for tabs and line breaks.")
    }
    try examination.finish()
    self.text = text
  }

  /// The text itself.
  package var description: String { text }
}

extension Unicode.Scalar {
  /// Whether the character is one of Unicode's category Cc.
  var isControlCharacter: Bool { value < 0x20 || (0x7F...0x9F).contains(value) }
}
