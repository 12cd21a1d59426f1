/// The text between the brackets of an `IP-literal`: an `IPv6address` or an `IPvFuture` (RFC 3986
/// section 3.2.2).
enum IPLiteral {
  /// Returns true if the bytes are such an address. A zone identifier is none: it means something
  /// to the sender's host alone.
  static func isValid(_ bytes: Span<UInt8>) -> Bool {
    guard !bytes.isEmpty else { return false }
    return bytes[0].lowered == UInt8(ascii: "v") ? isFuture(bytes) : isVersion6(bytes)
  }

  private static func isFuture(_ bytes: Span<UInt8>) -> Bool {
    var dot = 1
    while dot < bytes.count && bytes[dot].hexValue != nil { dot += 1 }
    guard dot > 1, dot + 1 < bytes.count, bytes[dot] == UInt8(ascii: ".") else { return false }
    for index in dot + 1..<bytes.count {
      guard ByteClass.registeredName.contains(bytes[index]) || bytes[index] == UInt8(ascii: ":") else { return false }
    }
    return true
  }

  /// Eight groups of one to four hexadecimal digits; one `::` represents one group or more of
  /// zeros, and the last two may be written as an IPv4 address.
  private static func isVersion6(_ bytes: Span<UInt8>) -> Bool {
    var (index, groups, isShortened, wantsColon) = (0, 0, false, false)
    while index < bytes.count {
      if startsShortening(bytes, index) {
        guard !isShortened else { return false }
        (isShortened, wantsColon) = (true, false)
        index += 2
        continue
      }
      if wantsColon { index += 1 }
      var end = index
      while end < bytes.count && bytes[end].hexValue != nil { end += 1 }
      if end < bytes.count && bytes[end] == UInt8(ascii: ".") {
        guard isVersion4(bytes.extracting(index..<bytes.count)) else { return false }
        (groups, index) = (groups + 2, bytes.count)
        break
      }
      guard end > index, end - index <= 4, groups < 8 else { return false }
      guard end == bytes.count || bytes[end] == UInt8(ascii: ":") else { return false }
      (groups, index, wantsColon) = (groups + 1, end, true)
    }
    return isShortened ? groups < 8 : groups == 8
  }

  private static func startsShortening(_ bytes: Span<UInt8>, _ index: Int) -> Bool {
    index + 1 < bytes.count && bytes[index] == UInt8(ascii: ":") && bytes[index + 1] == UInt8(ascii: ":")
  }

  /// Four decimal numbers up to 255 without leading zeros.
  private static func isVersion4(_ bytes: Span<UInt8>) -> Bool {
    var (index, numbers) = (0, 0)
    while index < bytes.count && numbers < 4 {
      var (value, end) = (0, index)
      while end < bytes.count && end - index < 3 && bytes[end].isDigit {
        value = value * 10 + Int(bytes[end] & 0x0F)
        end += 1
      }
      guard end > index, value <= 255, end - index == 1 || bytes[index] != UInt8(ascii: "0") else { return false }
      numbers += 1
      if end == bytes.count { return numbers == 4 }
      guard bytes[end] == UInt8(ascii: ".") else { return false }
      index = end + 1
    }
    return false
  }
}
