import Testing

@testable import HTTPServer

/// The limit on what the connections of all loops hold, as each loop asks it.
@Suite struct MemoryBudgetTests {
  /// The last holder may have as much as its message needs.
  @Test(arguments: [(100, 2, false), (101, 2, true), (101, 1, false), (1000, 1, false)])
  func `it is exceeded past its limit by more than one connection`(bytes: Int, holders: Int, isExceeded: Bool) {
    let budget = MemoryBudget(limit: 100, loops: 1)
    budget.change(bytes: bytes, holders: holders)
    #expect(budget.isExceeded == isExceeded)
    budget.change(bytes: -bytes, holders: -holders)
    #expect(!budget.isExceeded)
  }

  @Test func `the loop with the largest holder of all cuts`() {
    let budget = MemoryBudget(limit: 100, loops: 3)
    budget.change(bytes: 150, holders: 3)
    #expect(budget.decision(for: 0, size: 60) == .wakeOthers)
    #expect(budget.decision(for: 1, size: 50) == .wakeOthers)
    #expect(budget.decision(for: 2, size: 40) == .wakeOthers)
    #expect(budget.decision(for: 0, size: 60) == .cut)
    #expect(budget.decision(for: 0, size: 10) == .wakeOthers)
    #expect(budget.decision(for: 1, size: 50) == .cut)
  }

  /// The size that it published earlier is out of date.
  @Test func `a loop that saw no pressure is asked again`() {
    let budget = MemoryBudget(limit: 100, loops: 2)
    budget.change(bytes: 150, holders: 2)
    _ = budget.decision(for: 1, size: 50)
    #expect(budget.decision(for: 0, size: 60) == .cut)
    budget.publish(nil, of: 1)
    #expect(budget.decision(for: 0, size: 60) == .wakeOthers)
  }

  /// 300 bytes of 3 holders: the average is 100.
  @Test(arguments: [(100, MemoryBudget.Decision.cut), (99, .wakeOthers)])
  func `past twice the limit a loop cuts a holder of the average without asking`(
    size: Int, decision: MemoryBudget.Decision
  ) {
    let budget = MemoryBudget(limit: 100, loops: 2)
    budget.change(bytes: 300, holders: 3)
    #expect(budget.decision(for: 0, size: size) == decision)
  }
}
