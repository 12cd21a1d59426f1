import Testing
import Text

@Suite struct CharacterTests {
  @Test func `each class of ASCII holds the bytes that it is named for`() {
    for byte in UInt8.min ... .max {
      let character = byte < 0x80 ? Character(Unicode.Scalar(byte)) : "é"
      let isASCII = byte < 0x80
      #expect(ASCII.isDigit(byte) == (isASCII && character.isNumber))
      #expect(ASCII.isLetter(byte) == (isASCII && character.isLetter))
      #expect(ASCII.isUppercaseLetter(byte) == (isASCII && character.isUppercase))
      #expect(ASCII.isLowercaseLetter(byte) == (isASCII && character.isLowercase))
      #expect(ASCII.isWhitespace(byte) == (isASCII && character.isWhitespace))
      #expect(ASCII.isPrintable(byte) == (byte >= 0x20 && byte < 0x7F))
      #expect(ASCII.isVisible(byte) == (byte > 0x20 && byte < 0x7F))
      #expect(ASCII.lowercased(byte) == (isASCII ? character.lowercased().utf8.first ?? 0 : byte))
    }
    #expect(ASCII.lowercased("ÄBC".utf8) == "Äbc")
  }

  @Test(
    arguments: [("0", 0), ("007", 7), ("65535", 65_535), ("65536", nil), ("", nil), ("+1", nil), ("1 ", nil)]
      as [(String, UInt16?)])
  func `a number is digits and fits`(digits: String, number: UInt16?) {
    #expect(ASCII.number(digits.utf8) == number)
  }

  @Test(arguments: [
    ("\u{A0}", "U+00A0 (a no-break space)"), ("/", "U+002F “/”"), (" ", "U+0020 (a space)"),
    ("\u{1D400}", "U+1D400 (a mathematical look-alike of a letter or digit)"),
    ("\u{430}", "U+0430 (a look-alike of the Latin letter “a”)"),
    ("\u{FF21}", "U+FF21 (a full-width look-alike of “A”)"), ("\n", "U+000A (a control character)"),
    ("é", "U+00E9 “é”"),
  ]) func `a code point is named`(scalar: Unicode.Scalar, name: String) {
    #expect(CodePoint.name(scalar) == name)
  }

  /// Unicode's own properties are the independent source.
  @Test func `every character that Unicode calls white space, a control or ignorable is invisible`() {
    let planes: [ClosedRange<UInt32>] = [0x21...0x1FFFF, 0xE0000...0xE1FFF]
    for value in planes.joined() {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let properties = scalar.properties
      let isHidden =
        properties.isWhitespace || properties.generalCategory == .control || properties.isDefaultIgnorableCodePoint
      if isHidden, !DeceptiveCharacter.isInvisible(scalar) { Issue.record("\(CodePoint.number(scalar))") }
      if DeceptiveCharacter.isZeroWidth(scalar), properties.isWhitespace {
        Issue.record("\(CodePoint.number(scalar)) takes room")
      }
    }
    #expect(!DeceptiveCharacter.isInvisible(" ") && !DeceptiveCharacter.isInvisible("\u{2019}"))
  }

  @Test func `typographic quotation marks have one of ASCII`() {
    #expect("“”„‟«»".unicodeScalars.allSatisfy { DeceptiveCharacter.quotationMark($0) == "\"" })
    #expect("‘’‚‛".unicodeScalars.allSatisfy { DeceptiveCharacter.quotationMark($0) == "'" })
    #expect(DeceptiveCharacter.quotationMark("\"") == nil)
  }
}
