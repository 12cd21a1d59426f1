/// The words that structured field values are made of (RFC 9110 section 5.6).
package enum FieldWords {
  /// Returns the end of the `token` that begins at `start`; nil if there is none (RFC 9110 section
  /// 5.6.2).
  package static func tokenEnd(_ bytes: Span<UInt8>, from start: Int) -> Int? {
    var end = start
    while end < bytes.count && ByteClass.token.contains(bytes[end]) { end += 1 }
    return end > start ? end : nil
  }

  /// Returns the end of the `quoted-string` that begins at `start`; nil if there is none (RFC 9110
  /// section 5.6.4). The bytes must have no control characters but HTAB.
  package static func quotedStringEnd(_ bytes: Span<UInt8>, from start: Int) -> Int? {
    guard start < bytes.count, bytes[start] == UInt8(ascii: "\"") else { return nil }
    var index = start + 1
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\"") { return index + 1 }
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }
}
