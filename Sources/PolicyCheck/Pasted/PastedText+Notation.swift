import JSON
import Text

// Marks that are not JSON's, each replaced by one character or blanked, so that all others stay
// where they are.
extension PastedText {
  /// Replaces characters outside of strings. A string includes its quotes.
  private func map(outside change: (Unicode.Scalar) -> Unicode.Scalar) -> PastedText {
    var result = scalars
    var inString = false
    var isEscaped = false
    for (index, scalar) in scalars.enumerated() {
      if inString {
        if scalar == "\"", !isEscaped { inString = false }
        isEscaped = scalar == "\\" && !isEscaped
      } else if scalar == "\"" {
        inString = true
      } else {
        result[index] = change(scalar)
      }
    }
    return replacing(result)
  }

  /// Spaces that JSON does not know, outside strings: NBSP, zero width, ideographic.
  func withPlainSpaces() -> PastedText {
    map { scalar in
      scalar.value > 0x7F && DeceptiveCharacter.isInvisible(scalar) ? " " : scalar
    }
  }

  /// Typographic quotation marks, straightened.
  func straightened() -> PastedText {
    replacing(scalars.map { DeceptiveCharacter.quotationMark($0) == "\"" ? "\"" : $0 })
  }

  /// Replaces single quotes, as Python prints a document, unless the text has double ones.
  func withDoubleQuotes() -> PastedText {
    guard scalars.contains("'"), !scalars.contains("\"") else { return self }
    return replacing(scalars.map { $0 == "'" ? "\"" : $0 })
  }

  /// Comments of `//`, `#` and `/* */` outside strings, blanked.
  func withoutComments() -> PastedText {
    var result = scalars
    var index = 0
    var inString = false
    while index < scalars.count {
      let scalar = scalars[index]
      if inString {
        if scalar == "\\" { index += 1 } else if scalar == "\"" { inString = false }
      } else if scalar == "\"" {
        inString = true
      } else if let end = endOfComment(at: index) {
        for blank in index..<end where scalars[blank] != "\n" && scalars[blank] != "\r" { result[blank] = " " }
        index = end
        continue
      }
      index += 1
    }
    return replacing(result)
  }

  private func endOfComment(at index: Int) -> Int? {
    let next = index + 1 < scalars.count ? scalars[index + 1] : " "
    if scalars[index] == "/", next == "*" {
      var end = index + 2
      while end + 1 < scalars.count, !(scalars[end] == "*" && scalars[end + 1] == "/") { end += 1 }
      return min(end + 2, scalars.count)
    }
    guard scalars[index] == "#" || scalars[index] == "/" && next == "/" else { return nil }
    return scalars[index...].firstIndex { $0 == "\n" || $0 == "\r" } ?? scalars.count
  }

  /// Trailing commas, blanked.
  func withoutTrailingCommas() -> PastedText {
    var result = scalars
    var inString = false
    var isEscaped = false
    var comma: Int?
    for (index, scalar) in scalars.enumerated() {
      if inString {
        if scalar == "\"", !isEscaped { inString = false }
        isEscaped = scalar == "\\" && !isEscaped
        continue
      }
      switch scalar {
      case "\"":
        inString = true
        comma = nil
      case ",": comma = index
      case "]", "}":
        if let comma { result[comma] = " " }
        comma = nil
      case let scalar where Self.isSpace(scalar): break
      default: comma = nil
      }
    }
    return replacing(result)
  }

  /// Blanks the lines of a Markdown fence, and the text before and after it; `nil` without a fence.
  func withoutFence() -> (text: PastedText, fence: Int)? {
    func isMark(_ index: Int) -> Bool { scalars[index...].starts(with: ["`", "`", "`"]) }
    guard let first = scalars.indices.first(where: isMark) else { return nil }
    let start = scalars[first...].firstIndex { $0 == "\n" || $0 == "\r" } ?? scalars.count
    let end = scalars.indices[start...].first(where: isMark) ?? scalars.count
    return (blanked(outside: start..<end), first)
  }

  /// Blanks the text before the first and after the last brace; `nil` if there is none.
  func withoutSurroundings() -> (text: PastedText, first: Int)? {
    guard let open = scalars.firstIndex(of: "{"), let close = scalars.lastIndex(of: "}"), open < close else {
      return nil
    }
    let around = scalars.indices.first { ($0 < open || $0 > close) && !Self.isSpace(scalars[$0]) }
    return around.map { (blanked(outside: open..<(close + 1)), $0) }
  }

  func blanked(outside range: Range<Int>) -> PastedText {
    var result = scalars
    for index in result.indices where !range.contains(index) && result[index] != "\n" && result[index] != "\r" {
      result[index] = " "
    }
    return replacing(result)
  }

  /// The first character in which another state of the same text differs.
  func firstChange(to other: PastedText) -> Int? {
    zip(scalars, other.scalars).enumerated().first { $0.element.0 != $0.element.1 }?.offset
  }
}
