import Testing
import Text

@Suite struct EncodingTests {
  @Test(arguments: [
    ("exports/a b+c", "exports%2Fa%20b%2Bc"), ("é~._-", "%C3%A9~._-"), ("*'()!", "%2A%27%28%29%21"), ("%2F", "%252F"),
  ]) func `a text is percent-encoded for Signature V4, and decoded again`(text: String, encoded: String) {
    #expect(PercentEncoding.encode(text) == encoded)
    #expect(PercentEncoding.decode(encoded.utf8, .space) == text)
    #expect(PercentEncoding.decode(encoded.utf8, .plus) == text)
  }

  @Test(arguments: ["%", "%2", "%GG", "%ff", "a%", "%+1"]) func `a broken percent-encoding is not decoded`(text: String)
  {
    #expect(PercentEncoding.decode(text.utf8, .space) == nil)
    #expect(PercentEncoding.decode(text.utf8, .plus) == nil)
  }

  @Test func `a plus sign is a space in forms only, and slashes can be kept`() {
    #expect(PercentEncoding.decode("a+b%2B".utf8, .space) == "a b+")
    #expect(PercentEncoding.decode("a+b%2b".utf8, .plus) == "a+b+")
    #expect(PercentEncoding.encode("/a b/", keepingSlashes: true) == "/a%20b/")
  }

  @Test(arguments: [
    (#"<a href="x" title='y'>&"#, "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;"), ("é \u{301}👩🏽", "é \u{301}👩🏽"),
    ("&amp;", "&amp;amp;"), ("", ""),
  ]) func `a text is escaped for HTML`(text: String, escaped: String) {
    #expect(HTMLEscaping.escape(text) == escaped)
  }

  /// The vectors of RFC 4648 section 10, without padding, and the two characters that differ from base 64.
  @Test(arguments: [
    ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
    ("foobar", "Zm9vYmFy"), ("~~~", "fn5-"), ("???", "Pz8_"),
  ]) func `base 64 for URLs`(text: String, encoded: String) {
    #expect(Base64URL.encode(text.utf8.span) == encoded)
    #expect(encoded.utf8.allSatisfy(Base64URL.contains))
  }

  @Test func `every digit of base 32 has its value, and no other byte has one`() {
    #expect(CrockfordBase32.encode(0x1F, digits: 3) == Array("00z".utf8))
    #expect(CrockfordBase32.encode(.max, digits: 26) == Array("7zzzzzzzzzzzzzzzzzzzzzzzzz".utf8))
    for byte in UInt8.min ... .max {
      let value = CrockfordBase32.value(of: byte)
      #expect((value != nil) == CrockfordBase32.contains(byte))
      if let value { #expect(CrockfordBase32.encode(UInt128(value), digits: 1) == [byte]) }
    }
  }

  @Test func `base 62 has each letter and digit once, and random digits are all of them`() {
    var (number, digits) = (UInt64(0), Set<UInt8>())
    for value in 0..<62 as Range<UInt64> {
      number = value + 62 * 7
      digits.insert(Base62.takeDigit(of: &number))
      #expect(number == 7)
    }
    #expect(digits.count == 62 && digits.allSatisfy(ASCII.isLetterOrDigit))
    #expect(Set(Base62.random(10_000)) == digits)
  }

  @Test func `hexadecimal digits`() {
    #expect(Hexadecimal.text([0, 0x9A, 0xFF]) == "009aff")
    #expect(Hexadecimal.padded(0xA0 as UInt32, to: 4, .upper) == "00A0")
    #expect(Hexadecimal.padded(0x1F600 as UInt32, to: 4) == "1f600")
    for byte in UInt8.min ... .max {
      let expected = byte < 0x80 ? Character(Unicode.Scalar(byte)).hexDigitValue : nil
      #expect(Hexadecimal.value(of: byte).map(Int.init) == expected)
      #expect(Hexadecimal.isDigit(byte) == (expected != nil))
    }
    #expect((0..<16).map { Hexadecimal.digit($0) } == Array("0123456789abcdef".utf8))
    #expect((0..<16).map { Hexadecimal.digit($0, .upper) } == Array("0123456789ABCDEF".utf8))
  }
}
