import Text

/// The content codings that the client accepts (RFC 9110 section 12.5.3).
struct AcceptEncodingHeader {
  /// The quality of each coding that the client named, in thousandths.
  private var qualities: [Substring: Int] = [:]
  private let isPresent: Bool

  /// Reads the values of all `Accept-Encoding` fields. Malformed entries are ignored.
  init(_ values: [String]) {
    isPresent = !values.isEmpty
    for value in values {
      for entry in value.lowercased().split(separator: ",") {
        let parts = entry.split(separator: ";")
        guard let name = parts.first?.trimmingSpace(), !name.isEmpty,
          let quality = Quality.value(of: parts.dropFirst())
        else { continue }
        // RFC 9110 section 8.4.1.3: x-gzip is another name of gzip.
        qualities[name == "x-gzip" ? "gzip" : name] = quality
      }
    }
  }

  /// Returns the offered coding with the highest quality, the first of several equal ones;
  /// `identity` if none is acceptable, and nil if that is not acceptable either.
  func best(of offered: [String]) -> String? {
    guard isPresent else { return "identity" }
    var best: (coding: String, quality: Int)?
    for coding in offered {
      let quality = qualities[Substring(coding)] ?? qualities["*"] ?? 0
      if quality > best?.quality ?? 0 { best = (coding, quality) }
    }
    let identity = qualities["identity"] ?? (qualities["*"] == 0 ? 0 : 1)
    if let best, best.quality >= identity { return best.coding }
    return identity > 0 ? "identity" : nil
  }
}
