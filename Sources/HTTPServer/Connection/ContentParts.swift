import HTTPWire

/// The parts of a content that is not complete yet.
struct ContentParts {
  /// True if the connection is kept after the last part.
  let keepAlive: Bool
  /// The lines between the parts; nil for HTTP/1.0, where the end of the connection is the end of
  /// the content.
  private(set) var framing: ChunkFraming?
  private var maker: HTTPContentPart.Maker?

  init(after terms: HTTPResponseEncoder.Terms, maker: @escaping HTTPContentPart.Maker) {
    keepAlive = terms.keepAlive && !terms.isHTTP10
    framing = terms.isHTTP10 ? nil : ChunkFraming()
    self.maker = maker
  }

  /// Returns what makes the next part, once; nil while it is being made.
  mutating func takeMaker() -> HTTPContentPart.Maker? {
    defer { maker = nil }
    return maker
  }

  /// Appends the bytes of a part.
  mutating func append(_ bytes: [UInt8], to output: inout OutputQueue) {
    output.append(chunk: bytes, &framing)
  }

  /// Appends the next part; true if it is the last.
  mutating func append(_ part: HTTPContentPart, to output: inout OutputQueue) -> Bool {
    append(part.bytes, to: &output)
    maker = part.next
    if maker == nil { output.appendEnd(&framing) }
    return maker == nil
  }
}
