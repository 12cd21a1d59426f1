/// Reads a body in the chunked coding, with its trailer section (RFC 9112 section 7.1).
///
/// Trailers are checked as headers are and then dropped: merging them into the headers is what RFC
/// 9110 section 6.5.1 warns of, and no route asks for one.
struct ChunkedReader: Sendable {
  private enum Part {
    case size(LineReader)
    case data(Int)
    case dataEnd
    case trailers(LineReader)
  }

  private var part = Part.size(LineReader(from: 0))
  private var extensionLength = 0
  private var trailerLines = 0

  /// Moves what has come from `input` into `body`; true once the last chunk and the trailers are
  /// read.
  mutating func advance(
    _ input: inout InputBuffer, into body: inout [UInt8], limits: HTTPLimits
  ) throws(HTTPError) -> Bool {
    while true {
      switch part {
      case .size(var reader):
        guard try readSize(&reader, &input, bodyCount: body.count, limits: limits) else { return false }
      case .data(let length):
        guard readData(length, &input, into: &body) else { return false }
      case .dataEnd:
        guard try readDataEnd(&input) else { return false }
      case .trailers(var reader):
        return try readTrailers(&reader, &input, limits: limits)
      }
    }
  }

  private mutating func readSize(
    _ reader: inout LineReader, _ input: inout InputBuffer, bodyCount: Int, limits: HTTPLimits
  ) throws(HTTPError) -> Bool {
    let tooLong = HTTPError(400, "The extensions of the chunks are too long.")
    let room = limits.trailers - extensionLength
    let found = try reader.next(
      in: input.bytes.span.extracting(input.range), limit: ChunkSize.mostDigits + room + 2, tooLong: tooLong)
    guard let line = found else {
      part = .size(reader)
      return false
    }
    let chunk = try ChunkSize(input.bytes.span.extracting(input.range).extracting(line))
    guard chunk.extensionLength <= room else { throw tooLong }
    guard chunk.size <= UInt64(limits.body - bodyCount) else { throw limits.contentTooLarge }
    extensionLength += chunk.extensionLength
    input.consume(reader.start)
    part = chunk.size == 0 ? .trailers(LineReader(from: 0)) : .data(Int(chunk.size))
    return true
  }

  private mutating func readData(_ length: Int, _ input: inout InputBuffer, into body: inout [UInt8]) -> Bool {
    let taken = min(length, input.count)
    body.append(contentsOf: input.slice(0..<taken))
    input.consume(taken)
    part = taken == length ? .dataEnd : .data(length - taken)
    return taken == length
  }

  private mutating func readDataEnd(_ input: inout InputBuffer) throws(HTTPError) -> Bool {
    let end: [2 of UInt8] = [.carriageReturn, .lineFeed]
    for index in 0..<min(2, input.count) where input[index] != end[index] {
      throw HTTPError(400, "A chunk's data does not end in CRLF where its size says.")
    }
    guard input.count >= 2 else { return false }
    input.consume(2)
    part = .size(LineReader(from: 0))
    return true
  }

  private mutating func readTrailers(
    _ reader: inout LineReader, _ input: inout InputBuffer, limits: HTTPLimits
  ) throws(HTTPError) -> Bool {
    let tooLarge = HTTPError(431, "The trailer section is too large.")
    while let line = try reader.next(
      in: input.bytes.span.extracting(input.range), limit: limits.trailers, tooLong: tooLarge)
    {
      guard !line.isEmpty else {
        input.consume(reader.start)
        return true
      }
      trailerLines += 1
      guard trailerLines <= limits.headerLines else { throw HTTPError(431, "There are too many trailer lines.") }
      try Self.checkTrailer(line, in: input.bytes.span.extracting(input.range))
    }
    part = .trailers(reader)
    return false
  }

  /// RFC 9110 section 6.5.1: fields for framing and routing are not to be sent as trailers.
  private static func checkTrailer(_ line: Range<Int>, in bytes: Span<UInt8>) throws(HTTPError) {
    let name = bytes.extracting(try FieldLine.read(line, in: bytes, from: 0).name)
    let isForbidden =
      name.matches(lowercase: "content-length") || name.matches(lowercase: "transfer-encoding")
      || name.matches(lowercase: "host")
    if isForbidden { throw HTTPError(400, "The trailers contain a field that frames or routes the message.") }
  }
}
