import JSON
import Text

// Texts in which a policy is written in other characters than its own. Each answers `nil` if the
// text is not one.
extension PastedText {
  private var firstVisible: Int? { scalars.firstIndex { !Self.isSpace($0) } }

  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r"
  }

  /// URL-encoded, as IAM's API answers documents:
  /// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html
  func percentDecoded() -> PastedText? {
    guard var index = firstVisible else { return nil }
    if scalars[index] == "\"" { index += 1 }
    let head = scalars[index...].prefix(3).map { Character($0).lowercased() }.joined()
    guard head == "%7b" else { return nil }
    var characters: [(Unicode.Scalar, Int)] = []
    var bytes: [UInt8] = []
    var start = index
    func flush() {
      for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars { characters.append((scalar, start)) }
      bytes = []
    }
    while index < scalars.count {
      if let byte = percentByte(at: index) {
        // The bytes of one character are adjacent; ASCII ends the text before it.
        if byte < 0x80 || byte >= 0xC0 { flush() }
        if bytes.isEmpty { start = index }
        bytes.append(byte)
        index += 3
        continue
      }
      flush()
      let scalar = scalars[index]
      if scalar == "+" { characters.append((" ", index)) } else if scalar != "\"" { characters.append((scalar, index)) }
      index += 1
    }
    flush()
    return decoded(characters.map { (scalar: $0.0, from: $0.1) }, end: scalars.count)
  }

  private func percentByte(at index: Int) -> UInt8? {
    guard scalars[index] == "%", index + 2 < scalars.count, let high = Self.digit(scalars[index + 1]),
      let low = Self.digit(scalars[index + 2])
    else { return nil }
    return high << 4 | low
  }

  private static func digit(_ scalar: Unicode.Scalar) -> UInt8? {
    UInt8(exactly: scalar.value).flatMap(Hexadecimal.value)
  }

  /// With the quotation marks escaped, as inside another JSON text or a program.
  func unescaped() -> PastedText? {
    guard let start = firstVisible, scalars[start] == "{",
      let next = scalars[(start + 1)...].firstIndex(where: { !Self.isSpace($0) && $0 != "\\" && $0 != "n" }),
      scalars[next] == "\"", scalars[next - 1] == "\\"
    else { return nil }
    return unescaped(from: start, to: scalars.count)
  }

  /// The text of a JSON string whose opening quote is at an index.
  func content(ofStringAt quote: Int) -> PastedText? {
    guard quote < scalars.count, scalars[quote] == "\"" else { return nil }
    var end = quote + 1
    while end < scalars.count, scalars[end] != "\"" { end += scalars[end] == "\\" ? 2 : 1 }
    return end < scalars.count ? unescaped(from: quote + 1, to: end) : nil
  }

  private func unescaped(from start: Int, to end: Int) -> PastedText {
    let letters: [Unicode.Scalar: Unicode.Scalar] = ["n": "\n", "r": "\r", "t": "\t", "b": "\u{8}", "f": "\u{C}"]
    var characters: [(scalar: Unicode.Scalar, from: Int)] = []
    var index = start
    while index < end {
      guard scalars[index] == "\\", index + 1 < end else {
        characters.append((scalars[index], index))
        index += 1
        continue
      }
      let letter = scalars[index + 1]
      if letter == "u", index + 5 < end {
        let digits = scalars[(index + 2)...(index + 5)].compactMap(Self.digit)
        let value = digits.reduce(UInt32(0)) { $0 << 4 | UInt32($1) }
        characters.append((digits.count == 4 ? Unicode.Scalar(value) ?? "\u{FFFD}" : "\u{FFFD}", index))
        index += 6
      } else {
        characters.append((letters[letter] ?? letter, index))
        index += 2
      }
    }
    return decoded(characters, end: end)
  }

  /// With quotation marks as HTML writes them.
  func entitiesDecoded() -> PastedText? {
    let entities: [String: Unicode.Scalar] = [
      "&quot;": "\"", "&#34;": "\"", "&#x22;": "\"", "&ldquo;": "\"", "&rdquo;": "\"", "&apos;": "'", "&#39;": "'",
      "&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": " ", "&#160;": " ",
    ]
    var characters: [(scalar: Unicode.Scalar, from: Int)] = []
    var hasQuotes = false
    var index = 0
    while index < scalars.count {
      if scalars[index] == "&", let end = scalars[index...].prefix(8).firstIndex(of: ";"),
        let scalar = entities[String(String.UnicodeScalarView(scalars[index...end])).lowercased()]
      {
        hasQuotes = hasQuotes || scalar == "\""
        characters.append((scalar, index))
        index = end + 1
      } else {
        characters.append((scalars[index], index))
        index += 1
      }
    }
    return hasQuotes ? decoded(characters, end: scalars.count) : nil
  }
}
