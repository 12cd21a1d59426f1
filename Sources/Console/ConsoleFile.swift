/// A file of the console or of the manual, as it is sent to a browser.
package struct ConsoleFile: Sendable {
  /// The path below `/console/` or `/manual/`, split at `/`; the first page is `["index.html"]`.
  package let path: [String]
  /// The media type, with the character set if the file is text.
  package let contentType: String
  /// The content.
  package let body: [UInt8]
  /// A strong entity tag of the content, with its quotes (RFC 9110 section 8.8.3).
  package let entityTag: String

  /// A file with the media type of its path's ending: script, style sheet, SVG image, else HTML.
  package init(_ path: String, _ body: [UInt8]) {
    self.path = path.split(separator: "/").map(String.init)
    self.body = body
    contentType = Self.contentType(of: path)
    entityTag = Self.entityTag(of: body)
  }

  private static func contentType(of path: String) -> String {
    if path.hasSuffix(".js") { return "text/javascript; charset=utf-8" }
    if path.hasSuffix(".css") { return "text/css; charset=utf-8" }
    if path.hasSuffix(".svg") { return "image/svg+xml" }
    return "text/html; charset=utf-8"
  }

  /// 64-bit FNV-1a: it tells the files of two builds apart and protects nothing.
  private static func entityTag(of body: [UInt8]) -> String {
    let hash = body.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return "\"\(String(hash, radix: 16))\""
  }
}
