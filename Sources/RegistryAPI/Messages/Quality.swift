import Text

/// The weight of an entry in `Accept` or `Accept-Encoding` (RFC 9110 section 12.4.2).
enum Quality {
  /// Returns the `q` of an entry's parameters in thousandths, 0 to 1000; 1000 without one, and nil
  /// if it is malformed.
  static func value(of parameters: some Sequence<Substring>) -> Int? {
    var quality = 1000
    for parameter in parameters {
      let parameter = parameter.trimmingSpace()
      guard parameter.hasPrefix("q=") else { continue }
      guard let value = thousandths(parameter.dropFirst(2)) else { return nil }
      quality = value
    }
    return quality
  }

  /// Parses a quality such as `0`, `0.5` or `1.000`.
  private static func thousandths(_ text: Substring) -> Int? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = parts.count == 2 ? parts[1] : ""
    guard let whole = parts.first, whole == "0" || whole == "1", fraction.utf8.count <= 3,
      fraction.utf8.allSatisfy(ASCII.isDigit)
    else { return nil }
    let value = (Int(whole) ?? 0) * 1000 + (Int(fraction + String(repeating: "0", count: 3 - fraction.utf8.count)) ?? 0)
    return value <= 1000 ? value : nil
  }
}
