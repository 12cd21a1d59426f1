/// The lines between the chunks of a content (RFC 9112 section 7.1), so that the chunks themselves
/// can be sent from where they are. The line end of a chunk is written with what follows it.
package struct ChunkFraming: Sendable {
  private var isAfterChunk = false

  /// The framing of a content whose first chunk is to come.
  package init() {}

  /// Appends what is before a chunk of `length` bytes. A chunk without bytes would be the last one,
  /// so it gets nothing.
  package mutating func appendStart(length: Int, to output: inout [UInt8]) {
    guard length > 0 else { return }
    endChunk(&output)
    output.append(contentsOf: String(length, radix: 16).utf8)
    output.append("\r\n")
    isAfterChunk = true
  }

  /// Appends the end of the content.
  package mutating func appendEnd(to output: inout [UInt8]) {
    endChunk(&output)
    output.append("0\r\n\r\n")
    isAfterChunk = false
  }

  private func endChunk(_ output: inout [UInt8]) {
    if isAfterChunk { output.append("\r\n") }
  }
}
