import Registry
import System

/// Makes many waiting writes durable with one commit. Each runs in its own savepoint within one
/// transaction, and none is acknowledged before the WAL is synced.
package struct GroupCommit {
  /// The number of writes that a transaction takes in any case, if they wait.
  static let minWrites = 16
  /// The time after which a transaction takes no more writes, in seconds, if its sync is fast. A
  /// caller with few writes waits for this time at most while another one has many.
  static let minSeconds = 0.005
  /// The maximum of that time if a sync is slow: a transaction takes writes for twice the time of
  /// the last commit, so that at least two thirds of the time are spent on them.
  static let maxSeconds = 0.1

  private let writer: any TransactionWriter
  private let health: WriteHealth
  /// The seconds that the last commit took.
  private var commitSeconds = 0.0

  /// Commits by this writer, and notes the results in `health`.
  package init(writer: any TransactionWriter, health: WriteHealth) {
    (self.writer, self.health) = (writer, health)
  }

  /// Performs a write and those that `next` returns, and answers each of them exactly once. A write
  /// that arrives meanwhile is taken into the same transaction when its turn comes.
  package mutating func perform(_ first: QueuedWrite, and next: () -> QueuedWrite?) {
    var outcomes: [QueuedWrite.Outcome] = []
    var (current, keepsAny): (QueuedWrite?, Bool) = (first, false)
    do throws(StoreError) {
      try writer.begin()
      let start = Instant.now
      while let write = current {
        try writer.beginSavepoint()
        let outcome = write.perform(writer)
        outcomes.append(outcome)
        current = nil
        let keeps = !outcome.failed && !write.isDryRun
        try writer.endSavepoint(keeping: keeps)
        keepsAny = keepsAny || keeps
        if takesMore(after: outcomes.count, since: start) { current = next() }
      }
      try commit(outcomes.count, isChange: keepsAny)
      for outcome in outcomes { outcome.answer(nil) }
    } catch {
      writer.rollBack()
      health.note(error)
      for outcome in outcomes { outcome.answer(error) }
      current?.reject(error)
    }
  }

  private func takesMore(after count: Int, since start: Instant) -> Bool {
    let seconds = min(max(Self.minSeconds, 2 * commitSeconds), Self.maxSeconds)
    return count < Self.minWrites || start.seconds(until: .now) < seconds
  }

  private mutating func commit(_ count: Int, isChange: Bool) throws(StoreError) {
    let start = Instant.now
    try writer.commit()
    commitSeconds = start.seconds(until: .now)
    if isChange {
      health.note(nil)
      health.noteCommit(of: count, since: start)
    }
  }
}
