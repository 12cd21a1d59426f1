/// A character that no ARN and no external ID has: people copy it along without seeing it.
struct ForeignCharacter {
  private let scalar: Unicode.Scalar
  /// Its place in the text, from 1.
  private let position: Int

  /// The first one in a text; `nil` where all of it is visible ASCII.
  init?(in text: String) {
    for (index, scalar) in text.unicodeScalars.enumerated() where !Self.isUsual(scalar) {
      self.scalar = scalar
      position = index + 1
      return
    }
    return nil
  }

  /// The text without such characters.
  static func removed(from text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter(isUsual)))
  }

  private static func isUsual(_ scalar: Unicode.Scalar) -> Bool { (0x21...0x7E).contains(scalar.value) }

  /// The code point, what it is, and where it stands.
  var description: String {
    let code = String(scalar.value, radix: 16, uppercase: true)
    let padded = String(repeating: "0", count: max(0, 4 - code.utf8.count)) + code
    return "U+\(padded)\(Self.names[scalar].map { ", \($0)," } ?? "") stands at character \(position)"
  }

  private static let names: [Unicode.Scalar: String] = [
    "\t": "a tab", "\n": "a line break", "\r": "a carriage return", " ": "a space", "\u{A0}": "a no-break space",
    "\u{AD}": "a soft hyphen", "\u{200B}": "a zero-width space", "\u{200C}": "a zero-width non-joiner",
    "\u{200D}": "a zero-width joiner", "\u{2010}": "a hyphen that is not \"-\"",
    "\u{2011}": "a hyphen that is not \"-\"", "\u{2013}": "a dash", "\u{2018}": "a typographic quotation mark",
    "\u{2019}": "a typographic quotation mark", "\u{201C}": "a typographic quotation mark",
    "\u{201D}": "a typographic quotation mark", "\u{2060}": "a word joiner", "\u{FEFF}": "a byte order mark",
  ]
}
