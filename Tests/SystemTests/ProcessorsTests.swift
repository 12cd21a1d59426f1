import Testing

@testable import System

@Suite struct ProcessorsTests {
  @Test(arguments: [
    ("ff", [], 8), ("3", [], 2), ("ffffffff,ffffffff", [], 64), ("00000000,00000001", [], 1), ("", [], 1),
    ("ff", ["max 100000\n"], 8), ("ff", ["200000 100000\n"], 2), ("ff", ["200001 100000\n"], 3),
    ("ff", ["50000 100000\n"], 1), ("3", ["800000 100000\n"], 2), ("ff", ["max 100000\n", "400000 100000\n"], 4),
    ("ff", ["nonsense"], 8), ("ff", ["0 100000"], 8),
  ])
  func `the smaller of affinity and quota counts`(mask: String, quotas: [String], count: Int) {
    let status = "Name:\tx\nCpus_allowed:\t\(mask)\nCpus_allowed_list:\t0-7\n"
    #expect(Processors.count(status: status, quotas: quotas) == count)
  }

  @Test func `this process may use at least one processor`() {
    #expect(Processors.available >= 1)
  }
}
