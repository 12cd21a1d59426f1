import Glibc
import Registry
import RegistryStorage
import SQLiteKit
import StoreConformance
import System
import Testing

@testable import RegistrySQLite

/// The limits of the queue of writes, and its turns.
@Suite(.timeLimit(.minutes(10))) struct WriteQueueTests {
  private let health = WriteHealth()
  private let outcomes = Locked<[String: StoreError]>([:])
  private let one = scope("one")
  private let other = scope("other")

  private static func scope(_ name: String) -> Scope { .organisation(OrganisationID(stored: name)) }

  private func queue(_ adjust: (inout WriteQueue.Limits) -> Void) throws -> WriteQueue {
    var limits = WriteQueue.Limits(maxMilliseconds: 600_000)
    adjust(&limits)
    return try WriteQueue(health, limits: limits)
  }

  /// A write that does nothing; its name notes its rejection.
  private func write(_ name: String, _ owner: Scope?, _ flag: CancellationFlag = CancellationFlag()) -> QueuedWrite {
    QueuedWrite(for: owner, isDryRun: true, cancellation: flag, { _ in }) {
      [outcomes] (result: Result<Void, any Error>) in
      if case .failure(let error) = result { outcomes.withLock { $0[name] = error as? StoreError } }
    }
  }

  private var rejected: [String: StoreError] { outcomes.withLock { $0 } }

  private func waitUntil(_ condition: () -> Bool) async throws {
    while !condition() { try await Task.sleep(for: .milliseconds(1)) }
  }

  @Test func `a full queue rejects at once, but not the store's own writes`() throws {
    let queue = try queue { ($0.maxWaiting, $0.maxWaitingPerOwner) = (4, 3) }
    for number in 1...4 { queue.add(write("one \(number)", one)) }
    #expect(rejected == ["one 4": .overloaded])
    for number in 1...2 { queue.add(write("other \(number)", other)) }
    queue.add(write("own", nil))
    #expect(rejected == ["one 4": .overloaded, "other 2": .overloaded] && queue.count == 5)
    #expect(health.statistics().errors[.overloaded] == 2 && health.lastError == nil)
  }

  @Test func `owners take turns`() throws {
    let queue = try queue { _ in }
    for number in 1...3 { queue.add(write("one \(number)", one)) }
    queue.add(write("other", other))
    let owners = (1...4).map { _ in queue.next()?.owner }
    #expect(owners == [one, other, one, one] && queue.next() == nil)
  }

  @Test func `a write that has waited too long is rejected although the writer does not come`() async throws {
    let queue = try queue { $0.maxMilliseconds = 20 }
    queue.add(write("late", one))
    try await waitUntil { rejected["late"] == .overloaded }
    #expect(queue.count == 0)
    queue.add(write("later", one))
    try await waitUntil { rejected["later"] == .overloaded }
  }

  @Test func `a write that has waited too long is not started`() throws {
    let queue = try queue { $0.maxMilliseconds = 0 }
    queue.add(write("late", one))
    #expect(queue.next() == nil && rejected == ["late": .overloaded])
  }

  @Test func `a write whose client has gone is not started`() throws {
    let queue = try queue { $0.maxAbandonedMilliseconds = 0 }
    let flag = CancellationFlag()
    queue.add(write("abandoned", one, flag))
    queue.add(write("awaited", one))
    flag.cancel()
    #expect(queue.next() != nil && queue.next() == nil && rejected == ["abandoned": .overloaded])
  }

  @Test func `a write of a cancelled task is abandoned`() async throws {
    let queue = try queue { $0.maxAbandonedMilliseconds = 20 }
    let task = Task { [one] in try await queue.perform(for: one, dryRun: true) { _ in } }
    try await waitUntil { queue.count == 1 }
    task.cancel()
    await #expect(throws: StoreError.overloaded) { try await task.value }
    #expect(queue.count == 0)
  }

  @Test func `a client that has only ended its sending gets its write for a while`() throws {
    let queue = try queue { $0.maxAbandonedMilliseconds = 600_000 }
    let flag = CancellationFlag()
    queue.add(write("half closed", one, flag))
    flag.cancel()
    #expect(queue.next() != nil && rejected.isEmpty)
  }
}

/// The queue, as callers of a store see it.
@Suite(.timeLimit(.minutes(10))) struct WaitingWriteTests {
  private let place = StoreUnderTest()

  /// Holds the writer until it is opened.
  private final class Gate: Sendable {
    private let state = Locked((isHeld: false, isOpen: false))
    var isHeld: Bool { state.withLock { $0.isHeld } }
    func open() { state.withLock { $0.isOpen = true } }
    func pass() {
      state.withLock { $0.isHeld = true }
      while !state.withLock({ $0.isOpen }) { usleep(500) }
    }
  }

  private let gate = Gate()

  private func hold(_ store: SQLiteRegistryStore) async throws -> Task<Void, any Error> {
    let task = Task { [gate] in
      try await store.write { writer in
        gate.pass()
        try writer.insert(Samples.icc(1))
      }
    }
    while !gate.isHeld { try await Task.sleep(for: .milliseconds(1)) }
    return task
  }

  @Test func `5,000 cancelled writes that wait are rejected and not applied`() async throws {
    let store = try place.open()
    let first = try await hold(store)
    let waiting = (2...5_001).map { number in
      Task { try await store.write { try $0.insert(Samples.icc(number)) } }
    }
    for write in waiting { write.cancel() }
    for write in waiting { await #expect(throws: StoreError.overloaded) { try await write.value } }
    first.cancel()
    gate.open()
    try await first.value
    let present = try store.read { try $0.iccs(ICCFilter(), PageRequest(), in: .all).items.map(\.id) }
    #expect(present == [Samples.iccID(1)])
  }

  @Test func `an owner with one write does not wait for all writes of another`() async throws {
    let store = try place.open()
    let first = try await hold(store)
    let order = Locked<[(owner: String, commit: Int)]>([])
    let note = { @Sendable (owner: String, writer: any RegistryWriter) in
      usleep(1000)
      order.withLock { $0.append((owner, (writer as? SQLiteWriter)?.connection.commits ?? 0)) }
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 1...100 { group.addTask { try await store.write(dryRun: false) { note("greedy", $0) } } }
      while store.statistics().waitingWrites < 100 { try await Task.sleep(for: .milliseconds(1)) }
      let scope = Scope.organisation(OrganisationID(stored: "other"))
      group.addTask { try await store.write(for: scope, dryRun: false) { note("other", $0) } }
      while store.statistics().waitingWrites < 101 { try await Task.sleep(for: .milliseconds(1)) }
      gate.open()
      try await group.waitForAll()
    }
    try await first.value
    let performed = order.withLock { $0 }
    let place = try #require(performed.firstIndex { $0.owner == "other" })
    #expect(performed.count == 101 && place < 3)
    #expect(performed[place].commit < performed[100].commit, "one transaction took all writes")
  }
}
