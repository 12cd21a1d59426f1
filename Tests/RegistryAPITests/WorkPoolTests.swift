import Glibc
import Registry
import System
import Testing

@testable import RegistryAPI

/// The limits of work on the pool, and its turns.
@Suite(.timeLimit(.minutes(10))) struct WorkPoolTests {
  /// Holds work until it is opened, and notes the order in which it ended.
  private final class Gate: Sendable {
    private let state = Locked((isOpen: false, held: 0, done: [String]()))

    var held: Int { state.withLock { $0.held } }
    var done: [String] { state.withLock { $0.done } }

    func open() { state.withLock { $0.isOpen = true } }

    func pass(_ name: String) {
      state.withLock { $0.held += 1 }
      while !state.withLock({ $0.isOpen }) { usleep(500) }
      state.withLock { $0.done.append(name) }
    }
  }

  private let gate = Gate()
  private let greedy = scope("greedy")
  private let other = scope("other")

  private static func scope(_ name: String) -> Scope { .organisation(OrganisationID(stored: name)) }

  private static func work(_ owner: Scope, _ body: @escaping @Sendable () throws -> APIResponse)
    -> WorkPool.Work<APIResponse>
  {
    WorkPool.Work(owner: owner, queueFull: .readQueueFull, body: body)
  }

  private func status(_ pool: WorkPool, _ owner: Scope) async -> Int {
    let work = Self.work(owner) { [gate, greedy] in
      gate.pass(owner == greedy ? "greedy" : "other")
      return .noContent
    }
    do {
      return try await pool.run(work).status
    } catch {
      return (error as? Problem)?.code.status ?? 0
    }
  }

  private func waitUntil(_ condition: () -> Bool) {
    while !condition() { usleep(500) }
  }

  @Test func `an organisation that fills its places is rejected, and the next one is served first`() async {
    let pool = WorkPool(threads: 1)
    let places = 1 + WorkPool.maxWaitingPerOwner
    await withTaskGroup(of: Int.self) { group in
      for _ in 0..<places { group.addTask { await status(pool, greedy) } }
      while pool.waiting(of: greedy) < WorkPool.maxWaitingPerOwner {
        try? await Task.sleep(for: .milliseconds(1))
      }
      #expect(await status(pool, greedy) == 429)
      group.addTask { await status(pool, other) }
      while pool.waiting(of: other) < 1 { try? await Task.sleep(for: .milliseconds(1)) }
      gate.open()
      for await result in group { #expect(result == 204) }
    }
    #expect(gate.done.count == places + 1 && gate.done.prefix(2) == ["greedy", "other"])
    waitUntil { pool.isIdle }
  }

  @Test func `work runs on as many threads as allowed, with a lower priority`() async {
    let pool = WorkPool(threads: 3)
    await withTaskGroup(of: Int.self) { group in
      for _ in 0..<5 { group.addTask { await status(pool, other) } }
      while gate.held < 3 { try? await Task.sleep(for: .milliseconds(1)) }
      usleep(20_000)
      #expect(gate.held == 3 && pool.waiting(of: other) == 2)
      gate.open()
      for await result in group { #expect(result == 204) }
    }
    let priority = Self.work(other) {
      errno = 0
      return APIResponse(Int(getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0)) == 10 ? 200 : 500, .json, [])
    }
    #expect((try? await pool.run(priority).status) == 200)
  }

  @Test func `everyone is rejected with 503 when all places are filled`() async {
    let pool = WorkPool(threads: 1)
    let owners = (0..<(WorkPool.maxWaiting / WorkPool.maxWaitingPerOwner)).map { Self.scope("\($0)") }
    await withTaskGroup(of: Int.self) { group in
      group.addTask { await status(pool, other) }
      while gate.held < 1 { try? await Task.sleep(for: .milliseconds(1)) }
      for owner in owners {
        for _ in 0..<WorkPool.maxWaitingPerOwner { group.addTask { await status(pool, owner) } }
      }
      while owners.contains(where: { pool.waiting(of: $0) < WorkPool.maxWaitingPerOwner }) {
        try? await Task.sleep(for: .milliseconds(1))
      }
      let statuses = (await status(pool, other), await status(pool, owners[0]))
      #expect(statuses == (503, 429))
      gate.open()
      for await result in group { #expect(result == 204) }
    }
  }

  @Test func `an error of the work is thrown`() async {
    let pool = WorkPool(threads: 1)
    let failing = Self.work(other) { throw Problem(.notFound) }
    await #expect { try await pool.run(failing) } throws: { ($0 as? Problem)?.code == .notFound }
  }
}
