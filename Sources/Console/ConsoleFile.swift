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
  /// True if the path changes with the content, so that a browser never asks for it twice.
  package private(set) var isImmutable = false
  /// The content compressed with each coding that makes it smaller.
  package private(set) var compressed: [ContentCoding: [UInt8]] = [:]

  /// A file with the media type of its path's ending: script, style sheet, image, else HTML.
  package init(_ path: String, _ body: [UInt8]) {
    self.path = path.split(separator: "/").map(String.init)
    self.body = body
    contentType = Self.contentType(of: path)
    entityTag = "\"\(Self.hash(of: body))\""
  }

  /// An immutable file: `start.js` gets the path `start.<hash>.js`.
  init(immutable name: String, _ body: [UInt8], compressed: [ContentCoding: [UInt8]]) {
    self.init(Self.immutablePath(of: name, body), body)
    isImmutable = true
    self.compressed = compressed
  }

  /// Returns the name with the content's hash before its ending.
  static func immutablePath(of name: String, _ body: [UInt8]) -> String {
    let parts = name.split(separator: ".")
    return "\(parts[0]).\(hash(of: body)).\(parts[1])"
  }

  /// Returns the strong entity tag of the content as it is compressed with a coding.
  package func entityTag(_ coding: ContentCoding?) -> String {
    coding.map { "\(entityTag.dropLast())-\($0.rawValue)\"" } ?? entityTag
  }

  /// 64-bit FNV-1a: it tells the files of two builds apart and protects nothing.
  static func hash(of body: [UInt8]) -> String {
    let hash = body.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return String(hash, radix: 16)
  }

  private static func contentType(of path: String) -> String {
    if path.hasSuffix(".js") { return "text/javascript; charset=utf-8" }
    if path.hasSuffix(".css") { return "text/css; charset=utf-8" }
    if path.hasSuffix(".svg") { return "image/svg+xml" }
    if path.hasSuffix(".png") { return "image/png" }
    return "text/html; charset=utf-8"
  }
}
