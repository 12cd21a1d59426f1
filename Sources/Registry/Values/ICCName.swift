import Text

/// The name of an ICC, an organisation or a token: 1 to 128 characters on one line.
package struct ICCName: Hashable, Sendable, CustomStringConvertible {
  /// The number of characters (Unicode code points, as JSON Schema counts them) of a name.
  package static let characterCounts = 1...128

  /// The name.
  package let text: String

  /// A name from the store, where only valid ones are kept.
  package init(stored text: String) {
    self.text = text
  }

  /// The name that a caller sends, without the white space around it.
  ///
  /// Throws `name.blank` alone; else `name.length`, `name.control-character` and
  /// `name.invisible-character`, together where each is true. Control characters are those of
  /// Unicode's category Cc and the two line separators. Invisible ones have no width or pass for
  /// nothing: two names that differ only in them look the same, and bidirectional controls reorder
  /// the text around them. Variation selectors are allowed, since they belong to many emoji.
  package init(validating text: String) throws(InvalidValue) {
    var validation = FieldValidation(.name)
    let (name, offset) = Self.trimmed(text)
    let scalars = name.unicodeScalars
    if scalars.isEmpty, !text.isEmpty {
      validation.report("blank", "The name has only white space.", hint: Self.example)
    } else if !Self.characterCounts.contains(scalars.count) {
      validation.report(
        "length", "The name has \(scalars.count) characters; it must have from 1 to 128.", hint: Self.example)
    }
    Self.reportCharacters(of: scalars, from: offset + 1, to: &validation)
    try validation.finish()
    self.text = name
  }

  /// The name.
  package var description: String { text }

  /// The first Cyrillic, Greek or Armenian letter that looks like a Latin one and is in a word with
  /// a Latin letter; nil if there is none.
  var lookAlike: PlacedCharacter? {
    var (word, found): ([Unicode.Scalar], PlacedCharacter?) = ([], nil)
    for (index, scalar) in text.unicodeScalars.enumerated() {
      guard scalar.properties.isAlphabetic else {
        (word, found) = ([], nil)
        continue
      }
      word.append(scalar)
      if found == nil, scalar.isForeignLookAlike { found = PlacedCharacter(scalar: scalar, position: index + 1) }
      if let found, word.contains(where: \.isASCII) { return found }
    }
    return nil
  }

  private static let example = "Choose a name that your colleagues will recognise, such as “Acme CRM, weekly”."

  private static func trimmed(_ text: String) -> (name: String, offset: Int) {
    let scalars = text.unicodeScalars
    let front = scalars.prefix { $0.properties.isWhitespace }.count
    let back = scalars.dropFirst(front).reversed().prefix { $0.properties.isWhitespace }.count
    return (String(Substring(scalars.dropFirst(front).dropLast(back))), front)
  }

  private static func reportCharacters(
    of name: String.UnicodeScalarView, from start: Int, to validation: inout FieldValidation
  ) {
    if ValidatedText.isPrintableASCII(String(name)) { return }
    var (control, hidden): (PlacedCharacter?, PlacedCharacter?)
    for (index, scalar) in name.enumerated() {
      let placed = PlacedCharacter(scalar: scalar, position: start + index)
      if scalar.breaksLine {
        control = control ?? placed
      } else if scalar.isHiddenInNames {
        hidden = hidden ?? placed
      }
    }
    if let control {
      validation.report(
        "control-character", "The name contains \(control).",
        hint: "Write the name on one line, with spaces instead of tabs and line breaks.")
    }
    if let hidden {
      validation.report(
        "invisible-character", "The name contains \(hidden).",
        hint: "Type the name by hand: names that differ only in invisible characters look the same.")
    }
  }
}

extension Unicode.Scalar {
  /// True for a character of Unicode's category Cc.
  var isControlCharacter: Bool { value < 0x20 || (0x7F...0x9F).contains(value) }

  fileprivate var breaksLine: Bool { isControlCharacter || (0x2028...0x2029).contains(value) }

  fileprivate var isForeignLookAlike: Bool {
    (0x370...0x58F).contains(value) && DeceptiveCharacter.description(of: self) != nil
  }

  fileprivate var isHiddenInNames: Bool {
    guard DeceptiveCharacter.isInvisible(self), !properties.isWhitespace else { return false }
    return !(0xFE00...0xFE0F).contains(value)
  }
}
