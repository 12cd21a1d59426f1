import HTTPWire

/// The entry point of libFuzzer. The first byte of the input chooses how the rest is cut into
/// reads; whatever the cut, the parser must read the same, hold no more than was sent, and stay
/// silent after an error.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  guard let first = input.first else { return 0 }
  let wire = Array(input.dropFirst())
  let whole = reading(of: wire, piece: max(wire.count, 1))
  precondition(reading(of: wire, piece: Int(first % 64) + 1) == whole, "the reading depends on the cut")
  precondition(reading(of: wire, piece: 1) == whole, "the reading depends on the cut")
  return 0
}

/// Small limits, so that short inputs reach them.
private let limits = {
  var limits = HTTPLimits()
  (limits.head, limits.target, limits.headerLines, limits.body, limits.trailers) = (512, 128, 12, 256, 64)
  return limits
}()

private func reading(of wire: [UInt8], piece: Int) -> [String] {
  var parser = HTTPRequestParser(limits: limits)
  var lines: [String] = []
  var (index, isRejected) = (0, false)
  while index < wire.count {
    let end = min(index + piece, wire.count)
    parser.receive(Array(wire[index..<end]).span)
    index = end
    drain(&parser, into: &lines, isRejected: &isRejected)
    precondition(parser.bufferedCount <= max(limits.head, limits.body) + piece, "the buffer is not bounded")
    precondition(!isRejected || parser.bufferedCount == 0, "bytes behind a fault are held")
  }
  lines.append("mid \(parser.isMidMessage) body \(parser.isReadingBody) held \(parser.bufferedCount)")
  return lines
}

private func drain(_ parser: inout HTTPRequestParser, into lines: inout [String], isRejected: inout Bool) {
  do throws(HTTPError) {
    while let event = try parser.next() {
      precondition(!isRejected, "something was read behind a fault")
      guard case .request(let request, let head) = event else { continue }
      lines.append("\(request.method) \(request.target) \(request.headers.fields) \(request.body) \(head.keepAlive)")
      checkAnswer(to: head, request)
    }
  } catch {
    let line = "\(error)"
    precondition(!isRejected || lines.last == line, "the fault changed")
    if !isRejected { lines.append(line) }
    isRejected = true
  }
}

/// A response with the request's own fields in it has one head: the fields cannot end it early or begin another line.
private func checkAnswer(to head: HTTPRequestHead, _ request: HTTPRequest) {
  let fields = request.headers.fields
  var output: [UInt8] = []
  HTTPResponseEncoder.encode(
    HTTPResponse(status: HTTPStatus(200), headers: request.headers, body: request.body),
    terms: HTTPResponseEncoder.Terms(answering: head, keepAlive: head.keepAlive), date: Array("D".utf8), into: &output)
  let body = request.method == .head ? 0 : request.body.count
  precondition(output.count >= body && Array(output.suffix(body)) == (body == 0 ? [] : request.body), "another body")
  let lines = output.dropLast(body).split(separator: 0x0A, omittingEmptySubsequences: false)
  precondition(lines.count <= fields.count + 6, "a field made lines of its own")
  precondition(lines.dropLast(2).allSatisfy { $0.count > 1 }, "a field ended the head")
}
