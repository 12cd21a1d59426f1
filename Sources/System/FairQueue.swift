/// Waiting jobs of several owners, so that none waits for all the jobs of another. The next job is
/// the oldest of the owner with the fewest running jobs, and among these of the one whose last turn
/// is the longest ago.
package struct FairQueue<Owner: Hashable & Sendable, Job: Sendable>: Sendable {
  private var jobs: [(owner: Owner, job: Job)] = []
  private var running: [Owner: Int] = [:]
  /// The number of the last turn of each owner that has a job.
  private var turns: [Owner: Int] = [:]
  private var turn = 0

  /// An empty queue.
  package init() {}

  /// The number of waiting jobs.
  package var count: Int { jobs.count }

  /// The owner whose job is next; nil if none waits.
  package var nextOwner: Owner? { nextIndex.map { jobs[$0].owner } }

  /// Returns the number of the owner's waiting jobs.
  package func waiting(of owner: Owner) -> Int { jobs.count { $0.owner == owner } }

  /// Returns true if a job of the owner waits or runs.
  package func contains(_ owner: Owner) -> Bool { running[owner] != nil || waiting(of: owner) > 0 }

  /// Adds a job.
  package mutating func add(_ job: Job, of owner: Owner) { jobs.append((owner, job)) }

  /// Removes the next job and counts it as running until `finished(_:)`; nil if none waits.
  package mutating func next() -> Job? {
    guard let index = nextIndex else { return nil }
    let (owner, job) = jobs.remove(at: index)
    running[owner, default: 0] += 1
    turn += 1
    turns[owner] = turn
    return job
  }

  /// Ends a running job of the owner.
  package mutating func finished(_ owner: Owner) {
    let left = running[owner, default: 1] - 1
    running[owner] = left > 0 ? left : nil
    if !contains(owner) { turns[owner] = nil }
  }

  /// Removes and returns all waiting jobs.
  package mutating func removeAll() -> [Job] {
    defer {
      jobs.removeAll()
      turns = turns.filter { running[$0.key] != nil }
    }
    return jobs.map(\.job)
  }

  private var nextIndex: Int? {
    jobs.indices.min { load(of: jobs[$0].owner) < load(of: jobs[$1].owner) }
  }

  private func load(of owner: Owner) -> (running: Int, turn: Int) {
    (running[owner, default: 0], turns[owner, default: 0])
  }
}
