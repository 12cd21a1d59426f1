import Text

/// The media types that the client accepts (RFC 9110 section 12.5.1).
struct AcceptHeader {
  private struct Range {
    let type: Substring
    let subtype: Substring
    /// The quality in thousandths, 0 to 1000.
    let quality: Int
  }

  private let ranges: [Range]

  /// Reads the values of all `Accept` fields; nil if the client has no preference, or they are
  /// malformed.
  init?(_ values: [String]) {
    if values.isEmpty || values == ["*/*"] { return nil }
    ranges = values.flatMap { $0.split(separator: ",") }.compactMap(Self.range)
    if ranges.isEmpty { return nil }
  }

  /// Returns the offered type with the highest quality, the first of several equal ones; nil if
  /// none is acceptable.
  func best(of offered: [MediaType]) -> MediaType? {
    var best: (type: MediaType, quality: Int)?
    for type in offered {
      let quality = quality(of: type)
      if quality > best?.quality ?? 0 { best = (type, quality) }
    }
    return best?.type
  }

  /// Returns the quality of the most specific range that matches the type.
  private func quality(of offered: MediaType) -> Int {
    let parts = offered.essence.split(separator: "/")
    var found: (precedence: Int, quality: Int) = (-1, 0)
    for range in ranges {
      let precedence: Int
      if range.type == "*", range.subtype == "*" {
        precedence = 0
      } else if range.type == parts[0], range.subtype == "*" {
        precedence = 1
      } else if range.type == parts[0], range.subtype == parts[1] {
        precedence = 2
      } else {
        continue
      }
      if precedence > found.precedence { found = (precedence, range.quality) }
    }
    return found.quality
  }

  private static func range(_ text: Substring) -> Range? {
    let parts = text.lowercased().split(separator: ";")
    guard let name = parts.first?.trimmingSpace(), let slash = name.firstIndex(of: "/") else { return nil }
    guard let quality = Quality.value(of: parts.dropFirst()) else { return nil }
    return Range(type: name[..<slash], subtype: name[name.index(after: slash)...], quality: quality)
  }
}

extension Substring {
  /// Removes SP and HTAB from both ends.
  func trimmingSpace() -> Substring {
    var text = self
    while let first = text.utf8.first, ASCII.isSpaceOrTab(first) { text = text.dropFirst() }
    while let last = text.utf8.last, ASCII.isSpaceOrTab(last) { text = text.dropLast() }
    return text
  }
}
