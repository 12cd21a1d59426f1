import System
import TestSupport
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

  @Test func `jobs are removed by a condition in the order of their arrival`() {
    var queue = FairQueue<String, Int>()
    for (job, owner) in [(1, "a"), (2, "b"), (3, "a"), (4, "b"), (5, "c")] { queue.add(job, of: owner) }
    #expect(queue.removeAll { $0 != 3 } == [1, 2, 4, 5])
    #expect(queue.count == 1 && !queue.contains("b") && queue.waiting(of: "a") == 1)
    #expect(queue.next() == 3 && queue.next() == nil)
  }

  @Test(arguments: 0..<20) func `the next job is that of the rule`(seed: Int) {
    var random = SplitMix(state: UInt64(seed))
    var (queue, plain) = (FairQueue<Int, Int>(), PlainQueue())
    var running: [Int] = []
    for job in 0..<400 {
      switch Int.random(in: 0..<3, using: &random) {
      case 0:
        let owner = Int.random(in: 0..<5, using: &random)
        queue.add(job, of: owner)
        plain.jobs.append((owner, job))
      case 1:
        let owner = plain.nextIndex.map { plain.jobs[$0].owner }
        #expect(queue.nextOwner == owner && queue.next() == plain.next())
        if let owner { running.append(owner) }
      default:
        guard let owner = running.popLast() else { continue }
        queue.finished(owner)
        plain.finished(owner)
      }
      #expect(queue.count == plain.jobs.count)
    }
  }
}

/// The rule as it is written, which looks at every job.
private struct PlainQueue {
  var jobs: [(owner: Int, job: Int)] = []
  var running: [Int: Int] = [:]
  var turns: [Int: Int] = [:]
  var turn = 0

  var nextIndex: Int? {
    jobs.indices.min { load(jobs[$0].owner) < load(jobs[$1].owner) }
  }

  func load(_ owner: Int) -> (Int, Int) { (running[owner, default: 0], turns[owner, default: 0]) }

  mutating func next() -> Int? {
    guard let index = nextIndex else { return nil }
    let (owner, job) = jobs.remove(at: index)
    running[owner, default: 0] += 1
    turn += 1
    turns[owner] = turn
    return job
  }

  mutating func finished(_ owner: Int) {
    running[owner, default: 0] -= 1
    if running[owner] == 0, !jobs.contains(where: { $0.owner == owner }) { turns[owner] = nil }
  }
}
