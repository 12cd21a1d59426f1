/// Reads one head: the request line and the field lines up to the empty one.
struct HeadReader: Sendable {
  private var requestLine = RequestLine()
  private var method = HTTPMethod.get
  private var target = HTTPTarget(text: "", segments: [], query: nil)
  private var fieldsStart = 0
  private var reader = LineReader(from: 0)
  private var lines: [HTTPHeaders.Line] = []
  private var rules = HeadRules()

  /// True if the method has come and is `HEAD`.
  var isHead: Bool { requestLine.isHead }

  /// Goes on with what has come, where `input` begins with the request line. Gives the head's
  /// length, the empty line included, once it is whole.
  mutating func advance(_ input: InputBuffer, limits: HTTPLimits) throws(HTTPError) -> Int? {
    let bytes = input.bytes.span.extracting(input.range)
    if fieldsStart == 0 {
      guard try readRequestLine(in: bytes, limits: limits) else { return nil }
    }
    while let line = try nextLine(in: bytes, limits: limits) {
      if line.isEmpty { return reader.start }
      guard lines.count < limits.headerLines else { throw limits.tooManyHeaderLines }
      let field = try FieldLine.read(line, in: bytes, from: fieldsStart)
      lines.append(field)
      rules.note(field, in: bytes.extracting(fieldsStart..<bytes.count))
    }
    return nil
  }

  /// The head, checked as a whole. `fields` are the bytes from the first field line to the end of
  /// the head.
  func head(bytes: ArraySlice<UInt8>, limits: HTTPLimits) throws(HTTPError) -> HTTPRequestHead {
    let isHTTP10 = requestLine.minorVersion == 0
    let text = Array(bytes.dropFirst(fieldsStart))
    try rules.checkHost(in: text.span, isHTTP10: isHTTP10, isAbsolute: target.authority != nil)
    let length = try rules.bodyLength(in: text.span, isHTTP10: isHTTP10, limits: limits)
    var headers = HTTPHeaders(text: text, lines: lines)
    if target.isAbsolute, let authority = target.authority { headers.replaceHost(with: authority) }
    return HTTPRequestHead(
      method: method, target: target, headers: headers, isHTTP10: isHTTP10,
      keepAlive: rules.keepAlive(isHTTP10: isHTTP10),
      expectsContinue: rules.expectsContinue && !isHTTP10 && length != .none, bodyLength: length)
  }

  private mutating func readRequestLine(in bytes: Span<UInt8>, limits: HTTPLimits) throws(HTTPError) -> Bool {
    guard try requestLine.advance(in: bytes, limits: limits), let end = requestLine.end else {
      return false
    }
    method = HTTPMethod(bytes.extracting(requestLine.methodRange))
    target = try TargetReader.read(bytes.extracting(requestLine.targetRange), method: method)
    fieldsStart = end
    reader = LineReader(from: end)
    lines.reserveCapacity(12)
    return true
  }

  private mutating func nextLine(in bytes: Span<UInt8>, limits: HTTPLimits) throws(HTTPError) -> Range<Int>? {
    let lineEnd = reader.start + limits.headerLine + 2
    return try reader.next(
      in: bytes, limit: min(limits.head, lineEnd),
      tooLong: lineEnd < limits.head ? limits.headerLineTooLong : limits.headTooLarge)
  }
}
