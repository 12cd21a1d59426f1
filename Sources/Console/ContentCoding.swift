/// A content coding that files are compressed with before the build (RFC 9110 section 8.4.1).
package enum ContentCoding: String, CaseIterable, Sendable {
  /// RFC 7932. It is first because its files are the smallest.
  case brotli = "br"
  /// RFC 1952
  case gzip

  /// The ending of a compressed file's name.
  package var ending: String { self == .brotli ? ".br" : ".gz" }
}
