/// Base 64 with the alphabet that is safe in URLs, without padding (RFC 4648 section 5).
enum Base64URL {
  private static let alphabet = [UInt8]("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  static func encode(_ bytes: Span<UInt8>) -> String {
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

  /// The character that stands for the last six bits.
  static func character(_ bits: UInt8) -> UInt8 {
    alphabet[Int(bits & 63)]
  }

  static func contains(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
    default: false
    }
  }
}
