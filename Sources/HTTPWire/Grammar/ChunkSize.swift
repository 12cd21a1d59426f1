/// The line before a chunk: `chunk-size [ chunk-ext ]` (RFC 9112 section 7.1).
///
/// White space around an extension, which section 7.1.1 allows a recipient to take, is rejected as
/// it is after a size: no client in use sends it, and recipients that differ about it see different
/// bodies.
struct ChunkSize {
  /// The most digits read: those of 64 bits.
  static let mostDigits = 16

  /// The size of the chunk; 0 for the last one.
  let size: UInt64
  /// The number of bytes of the line that are extensions.
  let extensionLength: Int

  init(_ line: Span<UInt8>) throws(HTTPError) {
    var (size, index): (UInt64, Int) = (0, 0)
    while index < line.count, let digit = line[index].hexValue {
      guard index < Self.mostDigits else { throw HTTPError(400, "A chunk's size has too many digits.") }
      size = size << 4 | UInt64(digit)
      index += 1
    }
    guard index > 0 else { throw HTTPError(400, "A chunk has no size in hexadecimal digits.") }
    guard Self.areExtensions(line.extracting(index..<line.count)) else {
      throw HTTPError(400, "Something other than an extension follows a chunk's size.")
    }
    self.size = size
    self.extensionLength = line.count - index
  }

  /// `*( ";" token [ "=" ( token / quoted-string ) ] )`
  private static func areExtensions(_ bytes: Span<UInt8>) -> Bool {
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: ";"), let nameEnd = FieldWords.tokenEnd(bytes, from: index + 1) else {
        return false
      }
      index = nameEnd
      guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else { continue }
      let value = index + 1
      guard let end = FieldWords.tokenEnd(bytes, from: value) ?? FieldWords.quotedStringEnd(bytes, from: value) else {
        return false
      }
      index = end
    }
    return true
  }
}
