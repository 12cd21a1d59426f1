import Text

/// A number as a policy writes it: an integer or a decimal, and no word or other notation that
/// Swift reads as a number.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Numeric
struct PolicyNumber {
  let value: Double

  init?(_ text: String) {
    guard text.utf8.allSatisfy({ ASCII.isDigit($0) || "+-.eE".utf8.contains($0) }), let value = Double(text),
      value.isFinite
    else { return nil }
    self.value = value
  }
}

/// A moment as a policy writes it, in seconds since 1970: ISO 8601 in the forms of the W3C note, or
/// the number itself.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
struct PolicyDate {
  let seconds: Double

  init?(_ text: String) {
    if let number = PolicyNumber(text) {
      seconds = number.value
      return
    }
    var rest = Array(text.utf8)[...]
    guard let year = Self.digits(4, &rest), Self.take("-", &rest), let month = Self.digits(2, &rest) else { return nil }
    let day = rest.isEmpty ? 1 : Self.take("-", &rest) ? Self.digits(2, &rest) : nil
    guard let day, let date = CivilDate(year: Int64(year), month: Int64(month), day: Int64(day)) else { return nil }
    var seconds = Double(date.daysSinceEpoch * 86_400)
    if !rest.isEmpty {
      guard Self.take("T", &rest), let time = Self.time(&rest), rest.isEmpty else { return nil }
      seconds += time
    }
    self.seconds = seconds
  }

  /// `hh:mm`, seconds and a fraction if they are there, and `Z` or an offset.
  private static func time(_ rest: inout ArraySlice<UInt8>) -> Double? {
    guard let hour = digits(2, &rest), take(":", &rest), let minute = digits(2, &rest), hour < 25, minute < 60 else {
      return nil
    }
    var seconds = Double(hour * 3600 + minute * 60)
    if take(":", &rest) {
      guard let second = digits(2, &rest) else { return nil }
      seconds += Double(second)
      if take(".", &rest) {
        let fraction = rest.prefix(while: ASCII.isDigit)
        rest = rest.dropFirst(fraction.count)
        seconds += Double("0." + String(decoding: fraction.prefix(9), as: UTF8.self)) ?? 0
      }
    }
    if take("Z", &rest) { return seconds }
    guard let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
    rest = rest.dropFirst()
    guard let hours = digits(2, &rest) else { return nil }
    _ = take(":", &rest)
    guard let minutes = digits(2, &rest) else { return nil }
    let offset = Double(hours * 3600 + minutes * 60)
    return sign == UInt8(ascii: "+") ? seconds - offset : seconds + offset
  }

  private static func digits(_ count: Int, _ rest: inout ArraySlice<UInt8>) -> Int? {
    let digits = rest.prefix(count)
    guard digits.count == count, let number: Int = ASCII.number(digits) else { return nil }
    rest = rest.dropFirst(count)
    return number
  }

  private static func take(_ character: Unicode.Scalar, _ rest: inout ArraySlice<UInt8>) -> Bool {
    guard let first = rest.first, UInt32(first) == character.value else { return false }
    rest = rest.dropFirst()
    return true
  }
}

/// An address of IPv4 or IPv6, or a range of them in CIDR form (RFC 4632, RFC 4291 section 2.3).
struct IPRange {
  let bytes: [UInt8]
  let prefixLength: Int

  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let first = parts.first, let bytes = Self.v4(first) ?? Self.v6(first) else { return nil }
    self.bytes = bytes
    guard parts.count == 2 else {
      prefixLength = bytes.count * 8
      return
    }
    guard parts[1].utf8.count <= 3, let length = Int(parts[1]), (0...(bytes.count * 8)).contains(length) else {
      return nil
    }
    prefixLength = length
  }

  /// True if an address lies in the range; addresses of the other family never do.
  func contains(_ address: IPRange) -> Bool {
    guard bytes.count == address.bytes.count, address.prefixLength >= prefixLength else { return false }
    for index in bytes.indices {
      let bits = min(8, max(0, prefixLength - index * 8))
      let mask = UInt8(truncatingIfNeeded: 0xFF00 >> bits)
      if bytes[index] & mask != address.bytes[index] & mask { return false }
    }
    return true
  }

  private static func v4(_ text: Substring) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let bytes = parts.compactMap { part in part.utf8.count <= 3 ? UInt8(part) : nil }
    return parts.count == 4 && bytes.count == 4 ? bytes : nil
  }

  private static func v6(_ text: Substring) -> [UInt8]? {
    let units = text.split(separator: ":", maxSplits: 9, omittingEmptySubsequences: false)
    guard units.count >= 3, units.count <= 9 else { return nil }
    let gap = (1..<(units.count - 1)).filter { units[$0].isEmpty }
    guard gap.count <= 1 else { return text == "::" ? Array(repeating: 0, count: 16) : nil }
    guard let middle = gap.first else { return units.count == 8 ? groups(units[...]) : nil }
    let left = units[..<middle]
    let right = units[(middle + 1)...]
    guard let head = groups(left == [""] ? [] : left), let tail = groups(right == [""] ? [] : right),
      head.count + tail.count <= 14
    else { return nil }
    return head + Array(repeating: 0, count: 16 - head.count - tail.count) + tail
  }

  private static func groups(_ units: ArraySlice<Substring>) -> [UInt8]? {
    var bytes: [UInt8] = []
    for unit in units {
      guard (1...4).contains(unit.utf8.count), unit.utf8.first != UInt8(ascii: "+"), let value = UInt16(unit, radix: 16)
      else { return nil }
      bytes += [UInt8(value >> 8), UInt8(value & 0xFF)]
    }
    return bytes
  }
}
