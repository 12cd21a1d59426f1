import Registry
import StoreConformance
import SQLiteKit
import Testing

@testable import RegistrySQLite

@Suite struct StatisticsTests {
  @Test func `a failed read is counted and reported as the last error`() throws {
    let place = StoreUnderTest()
    let store = try place.open()
    #expect(store.statistics().errors.isEmpty && store.statistics().lastError == nil)
    try place.connection().runScript("ALTER TABLE events RENAME TO lost")
    #expect(throws: StoreError.self) {
      try store.read { try $0.events(PageRequest(), in: .all, for: .administrators) }
    }
    let statistics = store.statistics()
    #expect(statistics.errors.values.reduce(0, +) == 1 && statistics.lastError == statistics.errors.keys.first)
  }
}
