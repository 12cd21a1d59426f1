import Testing

@testable import Registry

@Suite struct RecentValuesTests {
  @Test func `the capacity is never exceeded and values in use stay`() {
    var values = RecentValues<Int, Int>(capacity: 100)
    values.set(0, for: 0, cost: 1)
    for number in 1...1000 {
      values.set(number, for: number, cost: 1)
      #expect(values[0] == 0 && values[number] == number && values.count <= 100)
    }
    #expect(values[1] == nil && values[899] == nil)
    for _ in 0..<1000 { values.set(7, for: 7, cost: 1) }
    #expect(values[0] == 0 && values[7] == 7, "the same value is counted once")
    values.removeAll()
    #expect(values[0] == nil && values.count == 0)
  }

  @Test func `a value over half of the capacity is not stored`() {
    var values = RecentValues<Int, Int>(capacity: 100)
    values.set(1, for: 1, cost: 50)
    values.set(2, for: 2, cost: 51)
    #expect(values[1] == 1 && values[2] == nil)
  }
}
