/// Douglas Crockford's base 32 in lower case, without i, l, o and u (crockford.com/base32.html).
enum CrockfordBase32 {
  static let lengthOf128Bits = 26
  private static let alphabet = [UInt8]("0123456789abcdefghjkmnpqrstvwxyz".utf8)

  static func encode(_ bits: UInt128) -> String {
    let characters = (0..<lengthOf128Bits).reversed().map { alphabet[Int(bits >> UInt128($0 * 5) & 31)] }
    return String(decoding: characters, as: UTF8.self)
  }

  static func value(of character: UInt8) -> UInt128 {
    UInt128(alphabet.firstIndex(of: character) ?? 0)
  }

  static func contains(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "i"), UInt8(ascii: "l"), UInt8(ascii: "o"), UInt8(ascii: "u"): false
    case 0x30...0x39, 0x61...0x7A: true
    default: false
    }
  }
}
