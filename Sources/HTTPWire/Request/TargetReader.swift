/// Reads a request-target in the four forms of RFC 9112 section 3.2. Its bytes are those of
/// `ByteClass.target`.
enum TargetReader {
  static func read(_ bytes: Span<UInt8>, method: HTTPMethod) throws(HTTPError) -> HTTPTarget {
    if method == .connect { return try authorityForm(bytes) }
    if bytes[0] == UInt8(ascii: "/") { return try target(bytes, pathStart: 0, authority: nil) }
    if bytes.count == 1 && bytes[0] == UInt8(ascii: "*") {
      guard method == .options else { throw HTTPError(400, "The target * is only for OPTIONS.") }
      return HTTPTarget(text: "*", segments: [], query: nil)
    }
    return try absoluteForm(bytes, method: method)
  }

  private static func authorityForm(_ bytes: Span<UInt8>) throws(HTTPError) -> HTTPTarget {
    guard Authority.isValid(bytes, portRequired: true) else {
      throw HTTPError(400, "The target of CONNECT must be a host and a port.")
    }
    let text = String(bytes)
    return HTTPTarget(text: text, segments: [], query: nil, authority: text)
  }

  private static func absoluteForm(_ bytes: Span<UInt8>, method: HTTPMethod) throws(HTTPError) -> HTTPTarget {
    guard let start = authorityStart(bytes) else {
      throw HTTPError(400, "The request-target is neither a path nor an http or https URI.")
    }
    var end = start
    while end < bytes.count && bytes[end] != UInt8(ascii: "/") && bytes[end] != UInt8(ascii: "?") { end += 1 }
    let authority = bytes.extracting(start..<end)
    guard Authority.isValid(authority) else {
      throw HTTPError(400, "The request-target has no valid host and port.")
    }
    // RFC 9110 section 4.2.3: an empty path is `/`, but not for OPTIONS.
    if end == bytes.count && method == .options {
      return HTTPTarget(text: String(bytes), segments: [], query: nil, authority: String(authority))
    }
    return try target(bytes, pathStart: end, authority: String(authority))
  }

  /// Returns the start of the authority, after `http://` or `https://` in any case.
  private static func authorityStart(_ bytes: Span<UInt8>) -> Int? {
    if bytes.count >= 7 && bytes.extracting(0..<7).matches(lowercase: "http://") { return 7 }
    if bytes.count >= 8 && bytes.extracting(0..<8).matches(lowercase: "https://") { return 8 }
    return nil
  }

  private static func target(
    _ bytes: Span<UInt8>, pathStart: Int, authority: String?
  ) throws(HTTPError) -> HTTPTarget {
    guard PercentEncoding.isValid(bytes.extracting(pathStart..<bytes.count)) else {
      throw HTTPError(400, "The request-target contains an invalid percent-encoding or an encoded NUL.")
    }
    var pathEnd = pathStart
    while pathEnd < bytes.count && bytes[pathEnd] != UInt8(ascii: "?") { pathEnd += 1 }
    let query = pathEnd < bytes.count ? String(bytes.extracting(pathEnd + 1..<bytes.count)) : nil
    return HTTPTarget(
      text: String(bytes), segments: try segments(bytes.extracting(pathStart..<pathEnd)), query: query,
      authority: authority)
  }

  /// The parts between slashes, each decoded once. An empty path is `/` here (RFC 9110 section
  /// 4.2.3).
  private static func segments(_ path: Span<UInt8>) throws(HTTPError) -> [String] {
    guard !path.isEmpty else { return [""] }
    var segments: [String] = []
    segments.reserveCapacity(4)
    var start = 1
    repeat {
      var (end, isEncoded) = (start, false)
      while end < path.count && path[end] != UInt8(ascii: "/") {
        isEncoded = isEncoded || path[end] == UInt8(ascii: "%")
        end += 1
      }
      segments.append(try segment(path.extracting(start..<end), isEncoded: isEncoded))
      start = end + 1
    } while start <= path.count
    return segments
  }

  private static func segment(_ bytes: Span<UInt8>, isEncoded: Bool) throws(HTTPError) -> String {
    guard isEncoded else { return String(bytes) }
    guard let text = PercentEncoding.decoded(bytes) else {
      throw HTTPError(400, "The decoded path is not UTF-8.")
    }
    return text
  }
}

extension String {
  /// The text of ASCII bytes.
  init(_ bytes: Span<UInt8>) {
    self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}
