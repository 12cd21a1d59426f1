/// Escapes text for an HTML document (https://html.spec.whatwg.org/#escapingString).
package enum HTMLEscaping {
  /// Returns the text with the five characters escaped that HTML gives a meaning, in an element or
  /// in a quoted attribute.
  package static func escape(_ text: some StringProtocol) -> String {
    let bytes = text.utf8.reduce(into: [UInt8]()) { result, byte in
      switch byte {
      case UInt8(ascii: "&"): result += "&amp;".utf8
      case UInt8(ascii: "<"): result += "&lt;".utf8
      case UInt8(ascii: ">"): result += "&gt;".utf8
      case UInt8(ascii: "\""): result += "&quot;".utf8
      case UInt8(ascii: "'"): result += "&#39;".utf8
      default: result.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
