import Text

/// A text during validation: its bytes, and the number of characters trimmed off its front.
struct ValidatedText {
  /// The UTF-8 of the text.
  let bytes: [UInt8]
  /// The number of characters before the text in the value as sent.
  let offset: Int

  /// The text as sent.
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

  /// The printable ASCII characters of the text.
  var printableASCII: String {
    isPrintableASCII ? text : String(decoding: bytes.filter(ASCII.isPrintable), as: UTF8.self)
  }

  /// True if all characters are printable ASCII.
  var isPrintableASCII: Bool { bytes.allSatisfy(ASCII.isPrintable) }

  /// Returns true if all characters are printable ASCII, without copying the text.
  static func isPrintableASCII(_ text: String) -> Bool { text.utf8.allSatisfy(ASCII.isPrintable) }

  /// Returns the first character that fails a test, with its position in the value as sent.
  func firstCharacter(where fails: (Unicode.Scalar) -> Bool) -> PlacedCharacter? {
    // Of plain ASCII, as most values are, each byte is a character, and no text is made of them.
    guard !isPrintableASCII else {
      return bytes.firstIndex { fails(Unicode.Scalar($0)) }.map {
        PlacedCharacter(scalar: Unicode.Scalar(bytes[$0]), position: offset + $0 + 1)
      }
    }
    for (index, scalar) in text.unicodeScalars.enumerated() where fails(scalar) {
      return PlacedCharacter(scalar: scalar, position: offset + index + 1)
    }
    return nil
  }

  /// Returns the characters that are invisible or look like others, ASCII control characters
  /// included.
  func deceptiveCharacters() -> [PlacedCharacter] {
    guard !isPrintableASCII else { return [] }
    return text.unicodeScalars.enumerated().compactMap { index, scalar in
      guard DeceptiveCharacter.description(of: scalar) != nil else { return nil }
      return PlacedCharacter(scalar: scalar, position: offset + index + 1)
    }
  }
}

/// A character and its position in the value as sent.
struct PlacedCharacter: CustomStringConvertible {
  let scalar: Unicode.Scalar
  /// In characters (Unicode code points), from 1.
  let position: Int

  /// The code point, what it is and its position: `U+00A0 (a no-break space) at character 5`.
  var description: String { "\(CodePoint.name(scalar)) at character \(position)" }
}
