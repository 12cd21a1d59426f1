import HTTPWire

/// Answers on their way to one client, in order: bytes of its own, and after them at most one long
/// content that is shared with its maker. Clients that ask for the same document and never read it
/// hold it once.
struct OutputQueue {
  /// From this length on a content is shared and not copied. Below it one copy and one plain
  /// send(2) cost less than a second part for sendmsg(2); what a stalled reader holds of its own
  /// stays small.
  static let sharedLength = 16 * 1024

  private var bytes: [UInt8] = []
  private var sent = 0
  private var tail: [UInt8] = []
  private var sentOfTail = 0

  /// The number of bytes that the socket has not taken yet.
  var count: Int { bytes.count - sent + tail.count - sentOfTail }

  var isEmpty: Bool { bytes.count == sent && tail.isEmpty }

  /// True if a shared content is at the end: nothing can be appended without a copy of it.
  var endsInShared: Bool { !tail.isEmpty }

  /// The output that it keeps in memory.
  var held: HeldOutput.Part {
    let own = bytes.count - sent
    guard !tail.isEmpty else { return HeldOutput.Part(own: own) }
    let address = unsafe tail.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
    return HeldOutput.Part(own: own, shared: address, sharedLength: tail.count)
  }

  mutating func append(_ more: [UInt8]) {
    unshare()
    bytes.append(contentsOf: more)
  }

  /// Appends a message whose content is complete.
  mutating func append(_ response: HTTPResponse, terms: HTTPResponseEncoder.Terms, date: [UInt8]) {
    unshare()
    guard response.body.count >= Self.sharedLength else {
      return HTTPResponseEncoder.encode(response, terms: terms, date: date, into: &bytes)
    }
    if HTTPResponseEncoder.encodeHead(response, terms: terms, date: date, into: &bytes) { tail = response.body }
  }

  /// Appends the head of a message whose content is made in parts. Returns true if the content
  /// follows: not to `HEAD`, and not after a status that has none.
  mutating func append(headOf response: HTTPResponse, terms: HTTPResponseEncoder.Terms, date: [UInt8]) -> Bool {
    unshare()
    return HTTPResponseEncoder.encodeHead(response, terms: terms, date: date, into: &bytes)
  }

  /// Appends a part of a content.
  mutating func append(chunk: [UInt8], _ framing: inout ChunkFraming?) {
    unshare()
    framing?.appendStart(length: chunk.count, to: &bytes)
    if chunk.count >= Self.sharedLength { tail = chunk } else { bytes.append(contentsOf: chunk) }
  }

  /// Appends the end of a content that is made in parts.
  mutating func appendEnd(_ framing: inout ChunkFraming?) {
    unshare()
    framing?.appendEnd(to: &bytes)
  }

  /// Lends the bytes that wait: the queue's own, then those of the shared content.
  func withPending<Result>(_ body: (Span<UInt8>, Span<UInt8>) -> Result) -> Result {
    body(bytes.span.extracting(sent..<bytes.count), tail.span.extracting(sentOfTail..<tail.count))
  }

  /// So many bytes have been sent.
  mutating func consume(_ count: Int) {
    let own = min(count, bytes.count - sent)
    sent += own
    sentOfTail += count - own
    if sentOfTail == tail.count { (tail, sentOfTail) = ([], 0) }
    guard sent == bytes.count else { return }
    bytes.removeAll(keepingCapacity: true)
    sent = 0
  }

  /// Lends an empty buffer: an idle connection holds none.
  mutating func borrow(_ buffer: inout [UInt8]) {
    if bytes.capacity == 0 { swap(&bytes, &buffer) }
  }

  /// Gives the buffer back. Bytes that still wait are kept in one of their own size, so that a
  /// reader who stalls does not hold what the longest answers before it took.
  mutating func giveBack(_ buffer: inout [UInt8]) {
    guard buffer.capacity == 0 else {
      if bytes.count == sent { (bytes, sent) = ([], 0) }
      return
    }
    let pending = Array(bytes[sent...])
    swap(&bytes, &buffer)
    buffer.removeAll(keepingCapacity: true)
    (bytes, sent) = (pending, 0)
  }

  private mutating func unshare() {
    guard !tail.isEmpty else { return }
    bytes.append(contentsOf: tail[sentOfTail...])
    (tail, sentOfTail) = ([], 0)
  }
}
