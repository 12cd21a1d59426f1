/// Waiting jobs of several owners, so that none waits for all the jobs of another. The next job is
/// the oldest of the owner with the fewest running jobs, and among these of the one whose last turn
/// is the longest ago. The time of a turn does not depend on the number of waiting jobs, and hardly
/// on that of their owners.
///
/// Inlinable for the same reason as `Fifo`.
package struct FairQueue<Owner: Hashable & Sendable, Job: Sendable>: Sendable {
  @usableFromInline struct Share: Sendable {
    @usableFromInline var jobs = Fifo<(arrival: Int, job: Job)>()
    @usableFromInline var running = 0
    /// The number of the last turn; 0 before the first.
    @usableFromInline var turn = 0

    @inlinable init() {}
  }

  /// The rank of an owner whose jobs wait: the lowest is next. No two are equal, because no two
  /// jobs arrive together.
  @usableFromInline struct Rank: Comparable, Sendable {
    @usableFromInline let running: Int
    @usableFromInline let turn: Int
    @usableFromInline let arrival: Int

    @inlinable init(running: Int, turn: Int, arrival: Int) {
      (self.running, self.turn, self.arrival) = (running, turn, arrival)
    }

    @inlinable static func < (left: Rank, right: Rank) -> Bool {
      (left.running, left.turn, left.arrival) < (right.running, right.turn, right.arrival)
    }
  }

  /// The owners with waiting or running jobs.
  @usableFromInline var shares: [Owner: Share] = [:]
  /// The owners whose jobs wait, by falling rank: the last is next.
  @usableFromInline var order: [(rank: Rank, owner: Owner)] = []
  @usableFromInline var turn = 0
  @usableFromInline var arrivals = 0

  /// An empty queue.
  @inlinable package init() {}

  /// The number of waiting jobs.
  @inlinable package var count: Int { waitingCount }
  @usableFromInline var waitingCount = 0

  /// The owner whose job is next; nil if none waits.
  @inlinable package var nextOwner: Owner? { order.last?.owner }

  /// Returns the number of the owner's waiting jobs.
  @inlinable package func waiting(of owner: Owner) -> Int { shares[owner]?.jobs.count ?? 0 }

  /// Returns true if a job of the owner waits or runs.
  @inlinable package func contains(_ owner: Owner) -> Bool { shares[owner] != nil }

  /// Adds a job.
  @inlinable package mutating func add(_ job: Job, of owner: Owner) {
    arrivals += 1
    waitingCount += 1
    change(owner) { [arrivals] in $0.jobs.append((arrivals, job)) }
  }

  /// Removes the next job and counts it as running until `finished(_:)`; nil if none waits.
  @inlinable package mutating func next() -> Job? {
    guard let owner = nextOwner else { return nil }
    turn += 1
    waitingCount -= 1
    var job: Job?
    change(owner) { [turn] share in
      job = share.jobs.next()?.job
      share.running += 1
      share.turn = turn
    }
    return job
  }

  /// Ends a running job of the owner.
  @inlinable package mutating func finished(_ owner: Owner) {
    change(owner) { $0.running = max(0, $0.running - 1) }
  }

  /// Removes and returns the waiting jobs that meet the condition.
  @inlinable package mutating func removeAll(where condition: (Job) -> Bool) -> [Job] {
    var removed: [(arrival: Int, job: Job)] = []
    for owner in order.map(\.owner) {
      change(owner) { removed += $0.jobs.removeAll { condition($0.job) } }
    }
    waitingCount -= removed.count
    return removed.sorted { $0.arrival < $1.arrival }.map(\.job)
  }

  /// Removes and returns all waiting jobs.
  @inlinable package mutating func removeAll() -> [Job] { removeAll { _ in true } }

  /// Changes an owner's share, and its place in the order.
  @inlinable mutating func change(_ owner: Owner, _ body: (inout Share) -> Void) {
    var share = shares.removeValue(forKey: owner) ?? Share()
    if let rank = Self.rank(of: share) { order.remove(at: place(of: rank)) }
    body(&share)
    if let rank = Self.rank(of: share) { order.insert((rank, owner), at: place(of: rank)) }
    if share.running > 0 || !share.jobs.isEmpty { shares[owner] = share }
  }

  @inlinable static func rank(of share: Share) -> Rank? {
    share.jobs.first.map { Rank(running: share.running, turn: share.turn, arrival: $0.arrival) }
  }

  /// The index of a rank in the order, or of its place.
  @inlinable func place(of rank: Rank) -> Int {
    var (low, high) = (0, order.count)
    while low < high {
      let middle = (low + high) / 2
      if rank < order[middle].rank { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
