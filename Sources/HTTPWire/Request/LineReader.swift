/// Finds lines that end in CRLF, looking at each byte once however small the pieces are in which
/// they come.
///
/// RFC 9112 section 2.2 lets a recipient take a bare LF for a line's end; where another recipient
/// on the way does not, the two see different messages. So a line ends in CRLF alone, and any other
/// control character but HTAB is an error as soon as it is seen.
struct LineReader: Sendable {
  /// The index of the first byte of the current line.
  private(set) var start: Int
  private var position: Int

  init(from start: Int) {
    self.start = start
    self.position = start
  }

  /// The next line without its CRLF, out of the first `limit` bytes; nil when it has not ended yet.
  /// A line that does not end within the limit is the error that `tooLong` makes.
  mutating func next(
    in bytes: Span<UInt8>, limit: Int, tooLong: @autoclosure () -> HTTPError
  ) throws(HTTPError) -> Range<Int>? {
    let end = min(bytes.count, limit)
    var place = position
    while place < end && !bytes[place].isControl { place += 1 }
    position = place
    if place < end {
      guard bytes[place] == .carriageReturn else { throw HTTPError(400, "A line contains a control character.") }
      if place + 1 < end {
        guard bytes[place + 1] == .lineFeed else { throw HTTPError(400, "A line contains a CR without an LF.") }
        defer { start = place + 2 }
        position = place + 2
        return start..<place
      }
    }
    if bytes.count > limit { throw tooLong() }
    return nil
  }
}
