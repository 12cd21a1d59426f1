import System
import Testing

struct FifoTests {
  @Test(arguments: [1, 2, 3, 7, 100]) func `the queue serves in order while others are added`(ahead: Int) {
    var queue = Fifo<Int>()
    var (added, taken): ([Int], [Int]) = ([], [])
    for element in 0..<500 {
      queue.append(element)
      added.append(element)
      #expect(queue.count == added.count - taken.count)
      if queue.count > ahead, let next = queue.next() { taken.append(next) }
    }
    #expect(!queue.isEmpty && queue.first == taken.count)
    while let next = queue.next() { taken.append(next) }
    #expect(taken == added && queue.isEmpty && queue.next() == nil && queue.first == nil)
  }

  @Test func `what is removed by a condition keeps its order, and so does the rest`() {
    var queue = Fifo<Int>()
    for element in 0..<10 { queue.append(element) }
    #expect(queue.next() == 0)
    #expect(queue.removeAll { $0 % 3 == 0 } == [3, 6, 9] && queue.count == 6)
    #expect((0..<6).map { _ in queue.next() } == [1, 2, 4, 5, 7, 8] && queue.isEmpty)
  }
}
