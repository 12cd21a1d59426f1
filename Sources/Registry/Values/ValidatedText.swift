import Text

/// A text under examination, as bytes, with the number of characters that were trimmed off its front.
struct ExaminedText {
  /// The UTF-8 of the text.
  let bytes: [UInt8]
  /// How many characters the value as it was sent has before these.
  let offset: Int

  /// The text as it was sent.
  init(_ text: String) {
    bytes = Array(text.utf8)
    offset = 0
  }

  /// The text without the ASCII white space around it.
  init(trimming text: String) {
    let sent = text.utf8
    let front = sent.prefix { ASCII.isWhitespace($0) }.count
    let back = sent.dropFirst(front).reversed().prefix { ASCII.isWhitespace($0) }.count
    bytes = Array(sent.dropFirst(front).dropLast(back))
    offset = front
  }

  /// The text.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The printable ASCII of the text: what is left when everything that deceives, and all else beyond ASCII, is taken out.
  var printableASCII: String {
    String(decoding: bytes.filter(ASCII.isPrintable), as: UTF8.self)
  }

  /// Whether the text is printable ASCII throughout.
  var isPrintableASCII: Bool { bytes.allSatisfy(ASCII.isPrintable) }

  /// The first character that fails a test, with its offset in the value as it was sent.
  func firstCharacter(where fails: (Unicode.Scalar) -> Bool) -> PlacedCharacter? {
    for (index, scalar) in text.unicodeScalars.enumerated() where fails(scalar) {
      return PlacedCharacter(scalar: scalar, offset: offset + index)
    }
    return nil
  }

  /// The characters that nobody can see or that pass for others, ASCII's control characters among them.
  func deceptiveCharacters() -> [PlacedCharacter] {
    guard !isPrintableASCII else { return [] }
    return text.unicodeScalars.enumerated().compactMap { index, scalar in
      DeceptiveCharacter.description(of: scalar) == nil ? nil : PlacedCharacter(scalar: scalar, offset: offset + index)
    }
  }
}

/// A character and where it stands in the value as it was sent.
struct PlacedCharacter: CustomStringConvertible {
  let scalar: Unicode.Scalar
  /// In characters (Unicode code points), from 0.
  let offset: Int

  /// The code point, and what it is: `U+00A0 (a no-break space)`, `U+002F "/"`.
  var description: String { CodePoint.name(scalar) }
}
