import HTTPWire
import System
import Testing

@testable import HTTPServer

/// The waiting output, sent in pieces of any size.
struct OutputQueueTests {
  private static let terms = HTTPResponseEncoder.Terms(keepAlive: true)

  private static func response(_ count: Int) -> HTTPResponse {
    HTTPResponse(status: HTTPStatus(200), body: (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) })
  }

  private static func encoded(_ response: HTTPResponse, _ terms: HTTPResponseEncoder.Terms = terms) -> [UInt8] {
    var bytes: [UInt8] = []
    HTTPResponseEncoder.encode(response, terms: terms, date: [0x44], into: &bytes)
    return bytes
  }

  @Test(
    arguments: [0, 1, OutputQueue.sharedLength - 1, OutputQueue.sharedLength, OutputQueue.sharedLength + 1],
    [1, 100, 5000, 100_000]
  )
  func `the output is the input in order`(length: Int, piece: Int) {
    let answers = [Self.response(3), Self.response(length), Self.response(5)]
    var queue = OutputQueue()
    var sent: [UInt8] = []
    for (index, answer) in answers.enumerated() {
      queue.append(answer, terms: Self.terms, date: [0x44])
      #expect(queue.endsInShared == (index == 1 && length >= OutputQueue.sharedLength))
      // Some of it leaves before the next answer comes, a part of a shared content included.
      take(min(piece, queue.count / 2), from: &queue, into: &sent)
    }
    while !queue.isEmpty { take(piece, from: &queue, into: &sent) }
    #expect(sent == answers.flatMap { Self.encoded($0) })
    #expect(queue.count == 0 && queue.held == .nothing)
  }

  private func take(_ most: Int, from queue: inout OutputQueue, into sent: inout [UInt8]) {
    let taken = queue.waiting(atMost: most)
    sent += taken
    queue.consume(taken.count)
  }

  @Test func `the response to HEAD has the length and not the shared content`() {
    var queue = OutputQueue()
    let (terms, answer) = (HTTPResponseEncoder.Terms(keepAlive: true, isHead: true), Self.response(50_000))
    queue.append(answer, terms: terms, date: [0x44])
    #expect(queue.waiting == Self.encoded(answer, terms) && !queue.endsInShared)
    #expect(String(decoding: queue.waiting, as: UTF8.self).contains("Content-Length: 50000\r\n"))
  }

  @Test func `a shared content is counted once`() {
    let answer = Self.response(50_000)
    var (held, parts, total) = (HeldOutput(), [HeldOutput.Part](), 0)
    for _ in 0..<10 {
      var queue = OutputQueue()
      queue.append(answer, terms: Self.terms, date: [0x44])
      parts.append(queue.held)
      total += held.change(from: .nothing, to: queue.held)
    }
    let own = parts.reduce(0) { $0 + $1.own }
    #expect(own > 0 && own < 10 * 100 && total == own + 50_000)
    #expect(held.size(of: parts[0]) == parts[0].own + 5000)
    total += held.change(from: parts[0], to: HeldOutput.Part(own: 7))
    #expect(total == own - parts[0].own + 7 + 50_000)
    total += held.change(from: HeldOutput.Part(own: 7), to: .nothing)
    for part in parts.dropFirst() { total += held.change(from: part, to: .nothing) }
    #expect(total == 0)
  }

  @Test(arguments: [(255, false), (256, true)]) func `memory is returned once after a crowd`(
    gone: Int, isWorthWhile: Bool
  ) {
    var memory = MemoryReturn()
    let now = Instant(nanoseconds: 1_000_000_000)
    memory.note(open: 300, at: now)
    memory.note(open: 300 - gone, at: now)
    #expect(memory.due == (isWorthWhile ? now.advanced(milliseconds: 1000) : nil))
    let isDue = [999, 1000].map { memory.isDue(open: 40, at: now.advanced(milliseconds: $0)) }
    #expect(isDue == [false, isWorthWhile])
    memory.note(open: isWorthWhile ? 0 : 300, at: now)
    #expect(memory.due == nil)
  }
}
