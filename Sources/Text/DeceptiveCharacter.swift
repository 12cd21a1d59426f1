/// Characters that are invisible, or that look like one of ASCII: they come along when values are
/// pasted.
///
/// The invisible ones follow Unicode's `Default_Ignorable_Code_Point`, white space and format
/// characters. The look-alikes are those of Unicode's confusables (UTS 39) for the characters of
/// ARNs, session names and bucket names that real keyboards and word processors produce.
package enum DeceptiveCharacter {
  /// Returns what the character is, such as `a no-break space`; nil for one that does not deceive.
  package static func description(of scalar: Unicode.Scalar) -> String? {
    let value = scalar.value
    if (0x20...0x7E).contains(value) { return nil }
    if let kind = kind(of: scalar) { return kind.description.description }
    if (0xFF01...0xFF5E).contains(value) {
      return "a full-width look-alike of “\(Character(Unicode.Scalar(UInt8(truncatingIfNeeded: value - 0xFEE0))))”"
    }
    return homoglyphs[value].map { "a look-alike of the Latin letter “\($0)”" }
  }

  /// Returns true for a character that leaves no mark. Quotes, dashes and look-alikes of letters
  /// do.
  package static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    scalar != " " && kind(of: scalar).map { $0.look != .mark } ?? false
  }

  /// Returns true for an invisible character that takes no room either, such as a zero-width space.
  package static func isZeroWidth(_ scalar: Unicode.Scalar) -> Bool {
    kind(of: scalar)?.look == .nothing
  }

  /// Returns the ASCII quotation mark for a typographic one: `"` for “ ” „ ‟ « », `'` for ‘ ’ ‚ ‛;
  /// nil for any other character.
  package static func quotationMark(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0x2018...0x201B: "'"
    case 0x201C...0x201F, 0xAB, 0xBB: "\""
    default: nil
    }
  }

  private static func kind(of scalar: Unicode.Scalar) -> Kind? {
    kinds.first { $0.range.contains(scalar.value) }
  }

  /// The appearance of a character to a reader.
  private enum Look {
    case nothing, space, mark
  }

  private struct Kind {
    let range: ClosedRange<UInt32>
    let description: StaticString
    let look: Look

    init(_ range: ClosedRange<UInt32>, _ description: StaticString, _ look: Look = .nothing) {
      self.range = range
      self.description = description
      self.look = look
    }
  }

  private static let kinds: [Kind] = [
    Kind(0x00...0x1F, "a control character", .space), Kind(0x7F...0x9F, "a control character", .space),
    Kind(0xA0...0xA0, "a no-break space", .space), Kind(0xAD...0xAD, "a soft hyphen"),
    Kind(0x034F...0x034F, "an invisible joiner"), Kind(0x061C...0x061C, "an invisible direction mark"),
    Kind(0x115F...0x1160, "an invisible filler", .space), Kind(0x1680...0x1680, "a space that is not ASCII’s", .space),
    Kind(0x17B4...0x17B5, "an invisible vowel"), Kind(0x180B...0x180F, "an invisible variation selector"),
    Kind(0x2000...0x200A, "a space that is not ASCII’s", .space), Kind(0x200B...0x200B, "a zero-width space"),
    Kind(0x200C...0x200D, "a zero-width joiner"), Kind(0x200E...0x200F, "an invisible direction mark"),
    Kind(0x2028...0x2029, "a line separator", .space), Kind(0x202A...0x202E, "an invisible direction mark"),
    Kind(0x202F...0x202F, "a narrow no-break space", .space),
    Kind(0x205F...0x205F, "a space that is not ASCII’s", .space),
    Kind(0x2060...0x2065, "an invisible joiner"), Kind(0x2066...0x206F, "an invisible direction mark"),
    Kind(0x2800...0x2800, "a blank", .space), Kind(0x3000...0x3000, "a full-width space", .space),
    Kind(0x3164...0x3164, "an invisible filler", .space), Kind(0xFE00...0xFE0F, "an invisible variation selector"),
    Kind(0xFEFF...0xFEFF, "a byte order mark"), Kind(0xFFA0...0xFFA0, "an invisible filler", .space),
    Kind(0xFFF0...0xFFFB, "an invisible mark"), Kind(0x1BCA0...0x1BCA3, "an invisible mark"),
    Kind(0x1D173...0x1D17A, "an invisible mark"), Kind(0xE0000...0xE0FFF, "an invisible tag"),
    Kind(0xAB...0xAB, "a quotation mark", .mark),
    Kind(0xBB...0xBB, "a quotation mark", .mark),
    Kind(0xB4...0xB4, "an accent that looks like a quote", .mark),
    Kind(0x02B9...0x02BF, "a look-alike of a quote", .mark),
    Kind(0x2010...0x2015, "a dash that is not ASCII’s", .mark),
    Kind(0x2018...0x201F, "a typographic quote", .mark),
    Kind(0x2024...0x2026, "dots that are not ASCII’s", .mark),
    Kind(0x2032...0x203A, "a look-alike of a quote", .mark),
    Kind(0x2044...0x2044, "a look-alike of “/”", .mark),
    Kind(0x2212...0x2212, "a minus sign that is not ASCII’s", .mark),
    Kind(0x2215...0x2215, "a look-alike of “/”", .mark),
    Kind(0x2236...0x2236, "a look-alike of “:”", .mark),
    Kind(0x3001...0x3002, "a full stop or comma that is not ASCII’s", .mark),
    Kind(0xA789...0xA789, "a look-alike of “:”", .mark),
    Kind(0xFE52...0xFE55, "a look-alike of punctuation", .mark),
    Kind(0xFE58...0xFE63, "a look-alike of punctuation", .mark),
    Kind(0x1D400...0x1D7FF, "a mathematical look-alike of a letter or digit", .mark),
  ]

  /// Cyrillic, Greek and other letters that look like a Latin one.
  private static let homoglyphs: [UInt32: Character] = [
    0x0410: "A", 0x0412: "B", 0x0415: "E", 0x0417: "3", 0x041A: "K", 0x041C: "M", 0x041D: "H", 0x041E: "O", 0x0420: "P",
    0x0421: "C", 0x0422: "T", 0x0423: "Y", 0x0425: "X", 0x0405: "S", 0x0406: "I", 0x0408: "J", 0x04AE: "Y", 0x04C0: "I",
    0x0430: "a", 0x0435: "e", 0x043E: "o", 0x0440: "p", 0x0441: "c", 0x0443: "y", 0x0445: "x", 0x0455: "s", 0x0456: "i",
    0x0458: "j", 0x04BB: "h", 0x04CF: "l", 0x0501: "d", 0x051B: "q", 0x051D: "w", 0x04AF: "y", 0x0475: "v",
    0x0391: "A", 0x0392: "B", 0x0395: "E", 0x0396: "Z", 0x0397: "H", 0x0399: "I", 0x039A: "K", 0x039C: "M", 0x039D: "N",
    0x039F: "O", 0x03A1: "P", 0x03A4: "T", 0x03A5: "Y", 0x03A7: "X", 0x03B1: "a", 0x03B9: "i", 0x03BA: "k", 0x03BD: "v",
    0x03BF: "o", 0x03C1: "p", 0x03C3: "o", 0x03C5: "u", 0x03F2: "c", 0x03F3: "j", 0x0131: "i", 0x0251: "a", 0x0261: "g",
    0x0578: "n", 0x057D: "u", 0x0585: "o", 0x212A: "K",
  ]
}
