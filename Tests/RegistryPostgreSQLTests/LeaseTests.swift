import Registry
import RegistryPostgreSQL
import StoreConformance
import System
import Testing

/// Jobs that one of several instances does.
@Suite(.timeLimit(.minutes(10))) struct LeaseTests {
  private static func take(_ store: PostgreSQLRegistryStore, _ job: LeasedJob, seconds: Int) async throws -> Bool {
    try await store.write(dryRun: false) { try $0.takeLease(of: job, seconds: seconds) }
  }

  @Test(arguments: LeasedJob.allCases) func `one instance has the lease until it expires`(_ job: LeasedJob) async throws
  {
    let place = try StoreUnderTest()
    let stores = [try place.open(), try place.open()]
    #expect(try await Self.take(stores[0], job, seconds: 600))
    #expect(try await !Self.take(stores[1], job, seconds: 600))
    // A renewal replaces the time, also by a shorter one.
    #expect(try await Self.take(stores[0], job, seconds: 1))
    while try await !Self.take(stores[1], job, seconds: 600) { try await Task.sleep(for: .milliseconds(20)) }
    #expect(try await !Self.take(stores[0], job, seconds: 600))
  }

  @Test func `of many instances that ask at once, one gets the lease`() async throws {
    let place = try StoreUnderTest()
    let stores = try (0..<6).map { _ in try place.open() }
    let won = try await withThrowingTaskGroup(of: Bool.self) { group in
      for store in stores { group.addTask { try await Self.take(store, .sweep, seconds: 600) } }
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(won == 1)
  }

  @Test func `two jobs have different leases`() async throws {
    let place = try StoreUnderTest()
    let stores = [try place.open(), try place.open()]
    #expect(try await Self.take(stores[0], .sweep, seconds: 600))
    #expect(try await Self.take(stores[1], .checkpoints, seconds: 600))
  }
}
