import Testing

@testable import HTTPServer

struct TurnQueueTests {
  @Test(arguments: [1, 2, 3, 7, 100]) func `the queue serves in order while others are added`(ahead: Int) {
    var queue = TurnQueue()
    var (added, taken): ([UInt64], [UInt64]) = ([], [])
    for tag in 0..<UInt64(500) {
      queue.append(tag)
      added.append(tag)
      #expect(queue.count == added.count - taken.count)
      if queue.count > ahead, let next = queue.next() { taken.append(next) }
    }
    #expect(!queue.isEmpty)
    while let next = queue.next() { taken.append(next) }
    #expect(taken == added && queue.isEmpty && queue.next() == nil)
  }
}
