import HTTPWire
import Text

/// An element of `Forwarded` (RFC 7239 section 4): pairs of a name and a value, separated by
/// semicolons.
enum ForwardedElement {
  /// Returns the value of `for` without quotation marks and escapes; nil if there is none, or more
  /// than one, or the element is malformed.
  static func node(in element: Span<UInt8>) -> String? {
    var (index, node) = (0, String?.none)
    while true {
      skipSpace(element, &index)
      if let name = FieldWords.tokenEnd(element, from: index) {
        guard let value = valueRange(element, after: name) else { return nil }
        if element.extracting(index..<name).matches(lowercase: "for") {
          guard node == nil else { return nil }
          node = text(of: element.extracting(value))
        }
        index = value.upperBound
        skipSpace(element, &index)
      }
      guard index < element.count else { return node }
      guard element[index] == UInt8(ascii: ";") else { return nil }
      index += 1
    }
  }

  private static func skipSpace(_ bytes: Span<UInt8>, _ index: inout Int) {
    while index < bytes.count, ASCII.isSpaceOrTab(bytes[index]) { index += 1 }
  }

  /// Returns the range of the `token` or `quoted-string` after an equals sign.
  private static func valueRange(_ bytes: Span<UInt8>, after name: Int) -> Range<Int>? {
    guard name < bytes.count, bytes[name] == UInt8(ascii: "=") else { return nil }
    let start = name + 1
    let end = FieldWords.tokenEnd(bytes, from: start) ?? FieldWords.quotedStringEnd(bytes, from: start)
    return end.map { start..<$0 }
  }

  private static func text(of value: Span<UInt8>) -> String {
    let isQuoted = value[0] == UInt8(ascii: "\"")
    var (text, index) = ([UInt8](), isQuoted ? 1 : 0)
    let end = isQuoted ? value.count - 1 : value.count
    while index < end {
      if isQuoted, value[index] == UInt8(ascii: "\\") { index += 1 }
      text.append(value[index])
      index += 1
    }
    return String(decoding: text, as: UTF8.self)
  }
}
