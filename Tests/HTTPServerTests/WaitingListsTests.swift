import System
import Testing

@testable import HTTPServer

/// The lists against a plain model of them, over a long run of pseudo-random changes.
struct WaitingListsTests {
  @Test func `the lists agree with a model`() {
    var lists = WaitingLists()
    var model: [(slot: Int, wait: Wait)] = []
    for slot in 0..<20 { lists.reserve(slot: slot) }
    var seed: UInt64 = 7
    for step in 0..<20_000 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let slot = Int(seed >> 33) % 20
      let kind = Wait.Kind(rawValue: Int(seed >> 40) % 6)
      let wait = kind.map { Wait(kind: $0, since: Instant(nanoseconds: UInt64(step))) }
      model.removeAll { $0.slot == slot }
      if let wait { model.append((slot, wait)) }
      lists.set(wait, slot: slot)
      for kind in Wait.Kind.allCases {
        let first = model.first { $0.wait.kind == kind }
        #expect(lists.first(kind)?.slot == first?.slot)
        #expect(lists.first(kind)?.since == first?.wait.since)
      }
    }
  }
}
