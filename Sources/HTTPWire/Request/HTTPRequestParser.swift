/// Reads HTTP/1.1 requests out of bytes, without any I/O: `receive` what came, then call `next`
/// until it gives nil.
///
/// The rules are those of RFC 9110 and 9112 in their strict reading. What comes out does not depend
/// on how the bytes were cut into pieces; no byte is looked at more than a fixed number of times.
package struct HTTPRequestParser: Sendable {
  /// The result of the bytes received so far.
  package enum Event: Sendable {
    /// A head whose content was not read yet, after every check that the head allows. It comes once
    /// for each message with content, also when the content has come with it, and never for a
    /// message without.
    case head(HTTPRequestHead)
    /// A whole message: the request for the handler, and its head for the connection.
    case request(HTTPRequest, HTTPRequestHead)
  }

  private enum State {
    case idle
    case head
    case body(HTTPRequestHead, length: Int)
    case chunks(HTTPRequestHead)
    case failed(HTTPError)
  }

  /// Empty lines skipped before a request line. RFC 9112 section 2.2 asks for one at least: old
  /// clients send CRLF after a body.
  private static let mostEmptyLines = 4

  private let limits: HTTPLimits
  private var input = InputBuffer()
  private var state = State.idle
  // Growing values are stored next to the state and not in it: an array in an enum's payload is
  // copied when it is changed.
  private var emptyLines = 0
  private var headReader = HeadReader()
  private var chunkedReader = ChunkedReader()
  private var content: [UInt8] = []
  private var isStarved = true
  private var hasEnded = false

  /// A parser at the start of a connection.
  package init(limits: HTTPLimits) {
    self.limits = limits
  }

  /// Takes bytes of the connection. What `next` does not consume yet is kept; the caller stops
  /// reading from the connection while `bufferedCount` is more than it may hold. After a error,
  /// bytes are dropped unread.
  package mutating func receive(_ bytes: Span<UInt8>) {
    if case .failed = state { return }
    input.append(bytes)
    isStarved = isStarved && bytes.isEmpty
  }

  /// The same for bytes in memory that the caller keeps alive during the call.
  package mutating func receive(_ bytes: UnsafeRawBufferPointer) {
    receive(unsafe Span(_unsafeBytes: bytes))
  }

  /// The next event; nil if it needs more bytes. After an error every call throws the same error
  /// again, and nothing after it is read. Throws `400` in the middle of a message after
  /// `receiveEnd`.
  package mutating func next() throws(HTTPError) -> Event? {
    do throws(HTTPError) {
      if let event = try advance() { return event }
      isStarved = true
      if hasEnded && isMidMessage { throw HTTPError(400, "The connection ended in the middle of a request.") }
      return nil
    } catch {
      state = .failed(error)
      input.clear()
      throw error
    }
  }

  /// Says that the peer sends nothing more. Requests already received whole still come out of
  /// `next`; where the last message is cut off, `400` is thrown here if `next` has nothing else
  /// left to give, else later by `next`.
  package mutating func receiveEnd() throws(HTTPError) {
    hasEnded = true
    if isStarved { _ = try next() }
  }

  /// True if some byte of a message has come, empty lines before it aside, and its last one has not
  /// been consumed.
  package var isMidMessage: Bool {
    switch state {
    case .idle: input.count > 0 && input[0] != .carriageReturn && input[0] != .lineFeed
    case .head, .body, .chunks: true
    case .failed: false
    }
  }

  /// True if the current message, or the one that was rejected, is a `HEAD`, as far as its method
  /// has come: its answer has no content.
  package var isHead: Bool { headReader.isHead }

  /// True if a head has been read and its content has not.
  package var isReadingBody: Bool {
    switch state {
    case .body, .chunks: true
    default: false
    }
  }

  /// Frees what memory is not needed for the bytes held. For when no more are received for some
  /// time.
  package mutating func trim() { input.trim() }

  /// The memory that the message so far takes, in bytes; 0 between messages.
  package var memoryInUse: Int { isMidMessage ? input.bytes.capacity + content.capacity : 0 }

  /// Gives up the message and frees its memory; every later call of `next` throws the error.
  package mutating func abandon(_ error: HTTPError) {
    (state, input, content) = (.failed(error), InputBuffer(), [])
  }

  /// Bytes held that are not consumed. While content of a declared length comes in, its bytes count
  /// until it is whole.
  package var bufferedCount: Int { input.count }
}

extension HTTPRequestParser {
  private mutating func advance() throws(HTTPError) -> Event? {
    switch state {
    case .idle:
      guard try skipEmptyLines() else { return nil }
      state = .head
      return try readHead()
    case .head: return try readHead()
    case .body(let head, let length): return readBody(head, length)
    case .chunks(let head): return try readChunks(head)
    case .failed(let error): throw error
    }
  }

  /// True once a byte other than an empty line's has come.
  private mutating func skipEmptyLines() throws(HTTPError) -> Bool {
    while input.count > 0 {
      guard input[0] == .carriageReturn else { return true }
      guard input.count > 1 else { return false }
      guard input[1] == .lineFeed, emptyLines < Self.mostEmptyLines else {
        throw HTTPError(400, "Something other than a request line begins the request.")
      }
      emptyLines += 1
      input.consume(2)
    }
    return false
  }

  private mutating func readHead() throws(HTTPError) -> Event? {
    guard let length = try headReader.advance(input, limits: limits) else { return nil }
    let head = try headReader.head(bytes: input.slice(0..<length), limits: limits)
    input.consume(length)
    switch head.bodyLength {
    case .none: return finish(head, [])
    case .length(let length): state = .body(head, length: length)
    case .chunked: state = .chunks(head)
    }
    return .head(head)
  }

  private mutating func readBody(_ head: HTTPRequestHead, _ length: Int) -> Event? {
    guard input.count >= length else { return nil }
    let body = Array(input.slice(0..<length))
    input.consume(length)
    return finish(head, body)
  }

  private mutating func readChunks(_ head: HTTPRequestHead) throws(HTTPError) -> Event? {
    guard try chunkedReader.advance(&input, into: &content, limits: limits) else { return nil }
    let body = content
    (content, chunkedReader) = ([], ChunkedReader())
    return finish(head, body)
  }

  private mutating func finish(_ head: HTTPRequestHead, _ body: [UInt8]) -> Event {
    state = .idle
    emptyLines = 0
    headReader = HeadReader()
    return .request(HTTPRequest(head, body: body), head)
  }
}
