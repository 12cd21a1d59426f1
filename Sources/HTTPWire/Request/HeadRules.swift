/// The rules of the fields that concern the message itself: `Host`, `Content-Length`,
/// `Transfer-Encoding`, `Connection` and `Expect`. They are noted while the lines come in and
/// judged once the head is complete.
struct HeadRules: Sendable {
  private var hosts = Occurrence()
  private var lengths = Occurrence()
  private var codings = Occurrence()
  private var close = false
  private var keep = false
  private(set) var expectsContinue = false
  private var expectsOther = false

  /// The number of times that a field came, and the position of its last value.
  private struct Occurrence {
    var count = 0
    var value = 0..<0

    mutating func note(_ value: Range<Int>) {
      count += 1
      self.value = value
    }
  }

  /// Takes note of a field line whose places count from the start of `bytes`.
  mutating func note(_ line: HTTPHeaders.Line, in bytes: Span<UInt8>) {
    let name = bytes.extracting(line.name)
    switch name.count {
    case 4 where name.matches(lowercase: "host"): hosts.note(line.value)
    case 6 where name.matches(lowercase: "expect"): noteExpect(bytes.extracting(line.value))
    case 10 where name.matches(lowercase: "connection"): noteConnection(bytes.extracting(line.value))
    case 14 where name.matches(lowercase: "content-length"): lengths.note(line.value)
    case 17 where name.matches(lowercase: "transfer-encoding"): codings.note(line.value)
    default: break
    }
  }

  private mutating func noteConnection(_ value: Span<UInt8>) {
    value.forEachListMember { member in
      if member.matches(lowercase: "close") { close = true }
      if member.matches(lowercase: "keep-alive") { keep = true }
    }
  }

  private mutating func noteExpect(_ value: Span<UInt8>) {
    value.forEachListMember { member in
      if member.matches(lowercase: "100-continue") { expectsContinue = true } else { expectsOther = true }
    }
  }

  /// RFC 9112 section 9.3: `close` rules; HTTP/1.0 keeps the connection only when asked to.
  func keepAlive(isHTTP10: Bool) -> Bool {
    !close && (keep || !isHTTP10)
  }

  /// RFC 9112 section 3.2: one valid `Host` in every HTTP/1.1 request. It may be empty only where
  /// the target itself names the authority: RFC 9110 section 4.2.1 has no `http` URI without a
  /// host.
  func checkHost(in bytes: Span<UInt8>, isHTTP10: Bool, isAbsolute: Bool) throws(HTTPError) {
    guard hosts.count > 0 || isHTTP10 else { throw HTTPError(400, "The Host header is missing.") }
    guard hosts.count < 2 else { throw HTTPError(400, "There is more than one Host header.") }
    guard hosts.count == 1 else { return }
    let host = bytes.extracting(hosts.value)
    guard (host.isEmpty && isAbsolute) || Authority.isValid(host) else {
      throw HTTPError(400, "The Host header names no valid host and port.")
    }
  }

  /// RFC 9112 section 6.3, without its leniencies: each of them is a way to smuggle a request.
  /// `417` comes before `413`, and both after an error of framing.
  func bodyLength(
    in bytes: Span<UInt8>, isHTTP10: Bool, limits: HTTPLimits
  ) throws(HTTPError) -> HTTPRequestHead.BodyLength {
    guard codings.count == 0 || lengths.count == 0 else {
      throw HTTPError(400, "The request has both a Content-Length and a Transfer-Encoding.")
    }
    if codings.count > 0 { try checkCoding(bytes.extracting(codings.value), isHTTP10: isHTTP10) }
    let length = lengths.count > 0 ? try contentLength(bytes.extracting(lengths.value)) : 0
    if expectsOther { throw HTTPError(417, "Unsupported Expect header: only 100-continue is supported.") }
    guard length <= UInt64(limits.body) else { throw limits.contentTooLarge }
    if codings.count > 0 { return .chunked }
    return length == 0 ? .none : .length(Int(length))
  }

  private func checkCoding(_ value: Span<UInt8>, isHTTP10: Bool) throws(HTTPError) {
    guard !isHTTP10 else { throw HTTPError(400, "HTTP/1.0 has no Transfer-Encoding.") }
    guard codings.count == 1, value.matches(lowercase: "chunked") else {
      throw HTTPError(400, "Unsupported Transfer-Encoding: only a single chunked is supported.")
    }
  }

  /// Decimal digits without a sign, a list or leading zeros, up to 64 bits.
  private func contentLength(_ value: Span<UInt8>) throws(HTTPError) -> UInt64 {
    guard lengths.count == 1 else { throw HTTPError(400, "There is more than one Content-Length.") }
    guard value.count == 1 || (value.count > 1 && value[0] != UInt8(ascii: "0")) else {
      throw HTTPError(400, "The Content-Length is empty or has leading zeros.")
    }
    var length: UInt64 = 0
    for index in value.indices {
      guard value[index].isDigit else { throw HTTPError(400, "The Content-Length is not a number.") }
      let (tens, tooLarge) = length.multipliedReportingOverflow(by: 10)
      let (sum, overflow) = tens.addingReportingOverflow(UInt64(value[index] & 0x0F))
      guard !tooLarge, !overflow else { throw HTTPError(400, "The Content-Length does not fit 64 bits.") }
      length = sum
    }
    return length
  }
}

extension Span<UInt8> {
  /// Calls `body` with each non-empty member of a comma-separated list, without the white space
  /// around it (RFC 9110 section 5.6.1.2).
  func forEachListMember(_ body: (Span<UInt8>) -> Void) {
    var start = 0
    while start < count {
      var end = start
      while end < count && self[end] != UInt8(ascii: ",") { end += 1 }
      let member = trimmed(start..<end)
      if !member.isEmpty { body(extracting(member)) }
      start = end + 1
    }
  }
}
