import HTTPWire

/// The media type of a request body (RFC 9110 section 8.3).
struct ContentType {
  /// The type and subtype in lower case.
  let essence: String
  /// The `charset` in lower case, without quotes.
  let charset: String?

  /// Nil unless there is exactly one field with a valid media type.
  init?(_ headers: HTTPHeaders) {
    let values = headers.all("Content-Type")
    guard values.count == 1, let value = values.first else { return nil }
    let parts = value.lowercased().split(separator: ";", omittingEmptySubsequences: false)
    guard let name = parts.first?.trimmingSpace(), name.utf8.contains(UInt8(ascii: "/")) else { return nil }
    essence = String(name)
    var charset: String?
    for parameter in parts.dropFirst() {
      let pair = parameter.trimmingSpace().split(separator: "=", maxSplits: 1)
      guard pair.count == 2, pair[0] == "charset" else { continue }
      charset = String(pair[1].filter { $0 != "\"" })
    }
    self.charset = charset
  }

  /// True if the body has the given type, in UTF-8 and without a content encoding.
  static func isAcceptable(_ type: MediaType, _ headers: HTTPHeaders) -> Bool {
    guard let sent = ContentType(headers), sent.essence == type.essence, sent.charset ?? "utf-8" == "utf-8" else {
      return false
    }
    return headers.all("Content-Encoding").allSatisfy { $0.lowercased() == "identity" }
  }
}
