/// The purpose of an ICC, in the customer's words: up to 1,000 characters, line breaks included.
package struct ICCDescription: Hashable, Sendable, CustomStringConvertible {
  /// The maximum number of characters (Unicode code points, as JSON Schema counts them).
  package static let maxCharacters = 1_000

  /// The description of an ICC that has none.
  package static let none = ICCDescription(stored: "")

  /// The text.
  package let text: String

  /// A description from the store, where only valid ones are kept.
  package init(stored text: String) {
    self.text = text
  }

  /// The description that a caller sends, untrimmed. Carriage returns are removed, as a browser's
  /// text area does. Throws `description.too-long` and `description.control-character`; tabs and
  /// line feeds are allowed.
  package init(validating sent: String) throws(InvalidValue) {
    let text = String(String.UnicodeScalarView(sent.unicodeScalars.filter { $0 != "\r" }))
    var validation = FieldValidation(.description)
    let count = text.unicodeScalars.count
    if count > Self.maxCharacters {
      validation.report(
        "too-long", "The description has \(count) characters; it can have up to 1,000.", hint: "Shorten it.")
    }
    let character = ValidatedText(text).firstCharacter { $0.isControlCharacter && $0 != "\n" && $0 != "\t" }
    if let character {
      validation.report(
        "control-character", "The description contains \(character).", hint: "Remove it. Line breaks are allowed.")
    }
    try validation.finish()
    self.text = text
  }

  /// The text.
  package var description: String { text }
}
