import Testing

@testable import HTTPWire

/// Bytes as they come over the wire, and what has to come of them.
///
/// `text` is written with one scalar a byte (U+0000 to U+00FF), so that any byte can stand in a row.
struct WireSample: Sendable, CustomTestStringConvertible {
  let text: String
  let expected: [String]

  /// A message that is refused with `status`, without any request before it.
  init(_ status: Int, _ text: String) {
    self.text = text
    self.expected = ["fault \(status)"]
  }

  /// Messages that are read as these lines; see `Transcript`.
  init(_ text: String, _ expected: String...) {
    self.text = text
    self.expected = expected
  }

  var bytes: [UInt8] { text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } }

  var testDescription: String { String(text.prefix(160)).debugDescription }
}

/// A parser's results, a line for each request (`GET /path?query Name=value … body=…`) or fault.
struct Transcript {
  private(set) var lines: [String] = []
  private(set) var events: [HTTPRequestParser.Event] = []
  private var parser: HTTPRequestParser

  init(limits: HTTPLimits = HTTPLimits()) {
    parser = HTTPRequestParser(limits: limits)
  }

  /// The lines for bytes that come in pieces of the given size.
  static func of(_ bytes: [UInt8], piece: Int = .max, limits: HTTPLimits = HTTPLimits()) -> [String] {
    var transcript = Transcript(limits: limits)
    transcript.feed(bytes, piece: piece)
    return transcript.lines
  }

  mutating func feed(_ bytes: [UInt8], piece: Int = .max) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = Array(rest.prefix(piece))
      rest = rest.dropFirst(piece)
      parser.receive(part.span)
      drain()
    }
  }

  mutating func end() {
    do {
      try parser.receiveEnd()
      drain()
    } catch {
      lines.append("fault \(error.status)")
    }
  }

  var isMidMessage: Bool { parser.isMidMessage }
  var isReadingBody: Bool { parser.isReadingBody }
  var bufferedCount: Int { parser.bufferedCount }

  private mutating func drain() {
    do {
      while let event = try parser.next() {
        events.append(event)
        if case .request(let request, let head) = event { lines.append(Self.line(request, head)) }
      }
    } catch {
      let line = "fault \(error.status)"
      if lines.last != line { lines.append(line) }
    }
  }

  private static func line(_ request: HTTPRequest, _ head: HTTPRequestHead) -> String {
    var parts = ["\(request.method) \(request.target.text)"]
    if head.isHTTP10 { parts.append("HTTP/1.0") }
    if !head.keepAlive { parts.append("close") }
    if head.expectsContinue { parts.append("expects") }
    parts += request.headers.fields.filter { $0.name != "Host" || $0.value != "h" }.map { "\($0.name)=\($0.value)" }
    if head.bodyLength != .none { parts.append("body=\(String(decoding: request.body, as: UTF8.self))") }
    return parts.joined(separator: " ")
  }
}

/// Feeds a sample whole, byte by byte, in threes, and with a request behind it; all have to give the same.
func expectSample(_ sample: WireSample, limits: HTTPLimits = HTTPLimits()) {
  let bytes = sample.bytes
  for piece in [Int.max, 1, 3] {
    #expect(Transcript.of(bytes, piece: piece, limits: limits) == sample.expected, "in pieces of \(piece)")
  }
  let isRejected = sample.expected.last?.hasPrefix("fault") == true
  let follower = Array("GET /next HTTP/1.1\r\nHost: h\r\n\r\n".utf8)
  let expected = sample.expected + (isRejected ? [] : ["GET /next"])
  for piece in [Int.max, 1] {
    #expect(Transcript.of(bytes + follower, piece: piece, limits: limits) == expected, "with bytes behind it")
  }
}
