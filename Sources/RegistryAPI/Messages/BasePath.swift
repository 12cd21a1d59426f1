import HTTPWire

/// The path under which a reverse proxy serves the registry, such as `/icc`. Routes and handlers
/// know paths without it: it is removed from requests, and added to the links of responses.
package struct BasePath: Sendable, Equatable {
  /// The path without a slash at its end; empty if the registry is at the root of its origin.
  package let text: String
  private let segments: [String]

  /// The root.
  package static let root = BasePath(text: "", segments: [])

  private init(text: String, segments: [String]) {
    (self.text, self.segments) = (text, segments)
  }

  /// A path such as `/icc` or `/apps/icc/`, of letters, digits and `-._~`; empty or `/` is the
  /// root. Nil for any other text.
  package init?(_ text: String) {
    let trimmed = text.utf8.last == UInt8(ascii: "/") ? String(text.dropLast()) : text
    guard !trimmed.isEmpty else {
      self = .root
      return
    }
    let segments = trimmed.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard segments.first == "", segments.dropFirst().allSatisfy(Self.isSegment) else { return nil }
    self.init(text: trimmed, segments: Array(segments.dropFirst()))
  }

  private static func isSegment(_ text: String) -> Bool {
    !text.isEmpty && text != "." && text != ".."
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
          UInt8(ascii: "~"):
          true
        default: false
        }
      }
  }

  /// A target as the routes know it; nil if it is not below this path. `/icc` itself is the root,
  /// like `/icc/`.
  func removed(from target: HTTPTarget) -> HTTPTarget? {
    if segments.isEmpty || target.isAsterisk { return target }
    guard target.segments.starts(with: segments) else { return nil }
    let rest = Array(target.segments.dropFirst(segments.count))
    return HTTPTarget(
      text: target.text, segments: rest.isEmpty ? [""] : rest, query: target.query, authority: target.authority)
  }

  /// A request as the routes know it; nil if its target is not below this path.
  func removed(from request: HTTPRequest) -> HTTPRequest? {
    if segments.isEmpty { return request }
    return removed(from: request.target).map(request.aimed)
  }

  /// A path below this one.
  func path(_ path: String) -> String { text + path }

  /// A header field of a response, in which a path is completed.
  func completed(_ field: HTTPHeaders.Field) -> HTTPHeaders.Field {
    if segments.isEmpty { return field }
    switch field.name {
    case "Location" where field.value.hasPrefix("/"): return HTTPHeaders.Field(field.name, path(field.value))
    case "Link" where field.value.hasPrefix("</"):
      return HTTPHeaders.Field(field.name, "<" + path(String(field.value.dropFirst())))
    default: return field
    }
  }
}
