/// Waiting jobs of several owners, so that none waits for all the jobs of another. The next job is
/// the oldest of the owner with the fewest running jobs, and among these of the one whose last turn
/// is the longest ago. The time of a turn does not depend on the number of waiting jobs, and hardly
/// on that of their owners.
package struct FairQueue<Owner: Hashable & Sendable, Job: Sendable>: Sendable {
  private struct Share {
    var jobs = Fifo<(arrival: Int, job: Job)>()
    var running = 0
    /// The number of the last turn; 0 before the first.
    var turn = 0
  }

  /// The rank of an owner whose jobs wait: the lowest is next. No two are equal, because no two
  /// jobs arrive together.
  private struct Rank: Comparable {
    let running: Int
    let turn: Int
    let arrival: Int

    static func < (left: Rank, right: Rank) -> Bool {
      (left.running, left.turn, left.arrival) < (right.running, right.turn, right.arrival)
    }
  }

  /// The owners with waiting or running jobs.
  private var shares: [Owner: Share] = [:]
  /// The owners whose jobs wait, by falling rank: the last is next.
  private var order: [(rank: Rank, owner: Owner)] = []
  private var turn = 0
  private var arrivals = 0

  /// An empty queue.
  package init() {}

  /// The number of waiting jobs.
  package private(set) var count = 0

  /// The owner whose job is next; nil if none waits.
  package var nextOwner: Owner? { order.last?.owner }

  /// Returns the number of the owner's waiting jobs.
  package func waiting(of owner: Owner) -> Int { shares[owner]?.jobs.count ?? 0 }

  /// Returns true if a job of the owner waits or runs.
  package func contains(_ owner: Owner) -> Bool { shares[owner] != nil }

  /// Adds a job.
  package mutating func add(_ job: Job, of owner: Owner) {
    arrivals += 1
    count += 1
    change(owner) { [arrivals] in $0.jobs.append((arrivals, job)) }
  }

  /// Removes the next job and counts it as running until `finished(_:)`; nil if none waits.
  package mutating func next() -> Job? {
    guard let owner = nextOwner else { return nil }
    turn += 1
    count -= 1
    var job: Job?
    change(owner) { [turn] share in
      job = share.jobs.next()?.job
      share.running += 1
      share.turn = turn
    }
    return job
  }

  /// Ends a running job of the owner.
  package mutating func finished(_ owner: Owner) {
    change(owner) { $0.running = max(0, $0.running - 1) }
  }

  /// Removes and returns the waiting jobs that meet the condition.
  package mutating func removeAll(where condition: (Job) -> Bool) -> [Job] {
    var removed: [(arrival: Int, job: Job)] = []
    for owner in order.map(\.owner) {
      change(owner) { removed += $0.jobs.removeAll { condition($0.job) } }
    }
    count -= removed.count
    return removed.sorted { $0.arrival < $1.arrival }.map(\.job)
  }

  /// Removes and returns all waiting jobs.
  package mutating func removeAll() -> [Job] { removeAll { _ in true } }

  /// Changes an owner's share, and its place in the order.
  private mutating func change(_ owner: Owner, _ body: (inout Share) -> Void) {
    var share = shares.removeValue(forKey: owner) ?? Share()
    if let rank = Self.rank(of: share) { order.remove(at: place(of: rank)) }
    body(&share)
    if let rank = Self.rank(of: share) { order.insert((rank, owner), at: place(of: rank)) }
    if share.running > 0 || !share.jobs.isEmpty { shares[owner] = share }
  }

  private static func rank(of share: Share) -> Rank? {
    share.jobs.first.map { Rank(running: share.running, turn: share.turn, arrival: $0.arrival) }
  }

  /// The index of a rank in the order, or of its place.
  private func place(of rank: Rank) -> Int {
    var (low, high) = (0, order.count)
    while low < high {
      let middle = (low + high) / 2
      if rank < order[middle].rank { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
