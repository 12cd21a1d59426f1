/// Percent-encodings: `%` and two hexadecimal digits (RFC 3986 section 2.1).
enum PercentEncoding {
  /// The byte that the encoding at `index` represents; nil if it is incomplete.
  static func byte(at index: Int, in bytes: Span<UInt8>) -> UInt8? {
    guard bytes.count - index >= 3, let high = bytes[index + 1].hexValue, let low = bytes[index + 2].hexValue else {
      return nil
    }
    return high << 4 | low
  }

  /// Returns true if every `%` begins a valid encoding, and none of them represents NUL.
  static func isValid(_ bytes: Span<UInt8>) -> Bool {
    for index in bytes.indices where bytes[index] == UInt8(ascii: "%") {
      guard let byte = byte(at: index, in: bytes), byte != 0 else { return false }
    }
    return true
  }

  /// The bytes decoded once, where all encodings in them are valid; nil where they are not UTF-8
  /// then.
  static func decoded(_ bytes: Span<UInt8>) -> String? {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let encoded = bytes[index] == UInt8(ascii: "%") ? byte(at: index, in: bytes) : nil
      decoded.append(encoded ?? bytes[index])
      index += encoded == nil ? 1 : 3
    }
    return String(validating: decoded, as: UTF8.self)
  }
}
