/// Base 64 with the URL-safe alphabet, without padding (RFC 4648 section 5).
package enum Base64URL {
  private static let alphabet = [UInt8]("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  /// Returns four characters for every three bytes, and two or three for the bytes left over.
  package static func encode(_ bytes: Span<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count * 4 + 2) / 3)
    var (bits, count) = (UInt32(0), UInt32(0))
    for index in bytes.indices {
      (bits, count) = (bits << 8 | UInt32(bytes[index]), count + 8)
      while count >= 6 {
        count -= 6
        text.append(character(UInt8(truncatingIfNeeded: bits >> count)))
      }
    }
    if count > 0 { text.append(character(UInt8(truncatingIfNeeded: bits << (6 - count)))) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Returns the character for the last six bits of a byte.
  package static func character(_ bits: UInt8) -> UInt8 {
    alphabet[Int(bits & 63)]
  }

  /// Returns true for a character of the alphabet.
  @inlinable package static func contains(_ byte: UInt8) -> Bool {
    ASCII.isLetterOrDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
  }
}
