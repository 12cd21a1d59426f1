/// `uri-host [ ":" port ]`, as in `Host` and in a target of absolute or authority form (RFC 9110
/// section 7.2, RFC 3986 section 3.2). User information is rejected (RFC 9110 section 4.2.4).
enum Authority {
  /// Returns true if the bytes are a non-empty host, in which NUL is not encoded either, with a
  /// port up to 65,535 or none. The port may be empty unless it is `required`, as it is for
  /// `CONNECT` (RFC 9110 section 9.3.6).
  static func isValid(_ bytes: Span<UInt8>, portRequired: Bool = false) -> Bool {
    guard let end = hostEnd(bytes), end > 0 else { return false }
    guard end < bytes.count else { return !portRequired }
    guard bytes[end] == UInt8(ascii: ":") else { return false }
    return isPort(bytes.extracting(end + 1..<bytes.count), mayBeEmpty: !portRequired)
  }

  private static func hostEnd(_ bytes: Span<UInt8>) -> Int? {
    guard !bytes.isEmpty, bytes[0] == UInt8(ascii: "[") else { return registeredNameEnd(bytes) }
    var end = 1
    while end < bytes.count && bytes[end] != UInt8(ascii: "]") { end += 1 }
    guard end < bytes.count, IPLiteral.isValid(bytes.extracting(1..<end)) else { return nil }
    return end + 1
  }

  private static func registeredNameEnd(_ bytes: Span<UInt8>) -> Int? {
    var index = 0
    while index < bytes.count && bytes[index] != UInt8(ascii: ":") {
      if bytes[index] == UInt8(ascii: "%") {
        guard let byte = PercentEncoding.byte(at: index, in: bytes), byte != 0 else { return nil }
        index += 3
      } else {
        guard ByteClass.registeredName.contains(bytes[index]) else { return nil }
        index += 1
      }
    }
    return index
  }

  private static func isPort(_ bytes: Span<UInt8>, mayBeEmpty: Bool) -> Bool {
    guard !bytes.isEmpty else { return mayBeEmpty }
    var port = 0
    for index in bytes.indices {
      guard bytes[index].isDigit else { return false }
      port = port * 10 + Int(bytes[index] & 0x0F)
      guard port <= 65_535 else { return false }
    }
    return true
  }
}
