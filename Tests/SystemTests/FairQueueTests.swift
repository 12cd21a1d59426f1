import System
import Testing

@Suite struct FairQueueTests {
  @Test func `owners take turns, and the jobs of one owner keep their order`() {
    var queue = FairQueue<String, Int>()
    for job in 1...4 { queue.add(job, of: "greedy") }
    for job in 5...6 { queue.add(job, of: "other") }
    #expect(queue.next() == 1 && queue.next() == 5)
    queue.finished("greedy")
    #expect(queue.next() == 2)
    queue.finished("other")
    #expect(queue.nextOwner == "other" && queue.next() == 6)
    #expect(queue.waiting(of: "greedy") == 2 && queue.waiting(of: "other") == 0 && queue.count == 2)
  }

  @Test func `owners take turns also if one job runs at a time`() {
    var queue = FairQueue<String, Int>()
    for job in 1...3 { queue.add(job, of: "greedy") }
    #expect(queue.next() == 1)
    for job in 4...5 { queue.add(job, of: "other") }
    for (owner, job) in [("greedy", 4), ("other", 2), ("greedy", 5), ("other", 3)] {
      queue.finished(owner)
      #expect(queue.next() == job)
    }
  }

  @Test func `an owner is contained while a job of it waits or runs`() {
    var queue = FairQueue<String, Int>()
    #expect(!queue.contains("a"))
    queue.add(1, of: "a")
    #expect(queue.contains("a"))
    _ = queue.next()
    #expect(queue.contains("a"))
    queue.finished("a")
    #expect(!queue.contains("a") && queue.next() == nil && queue.nextOwner == nil)
  }

  @Test func `removing all returns the waiting jobs only`() {
    var queue = FairQueue<String, Int>()
    for job in 1...3 { queue.add(job, of: "a") }
    _ = queue.next()
    #expect(queue.removeAll() == [2, 3] && queue.count == 0 && queue.contains("a"))
  }
}
