import PostgreSQLKit
import PostgreSQLTestSupport
import Registry
import RegistryPostgreSQL
import StoreConformance
import Synchronization
import System

/// A database of its own, and the faults that its stores reported.
final class StoreUnderTest: Sendable {
  private static let count = Atomic(0)
  let address: PostgreSQLAddress
  let faults = Locked<[PostgreSQLError]>([])

  init(isMigrated: Bool = true) throws {
    guard let cluster = TestCluster.shared else { throw TestCluster.Missing() }
    let number = Self.count.add(1, ordering: .relaxed).newValue
    address = try cluster.address("test\(number)")
    let admin = try PostgreSQLConnection(try cluster.address("postgres"))
    try admin.run(script: "CREATE DATABASE test\(number)")
    if isMigrated { try Migrations(address).apply(at: Samples.now) }
  }

  /// Opens a store of the database: an instance. Its writes may wait as long as a test may take.
  func open() throws(PostgreSQLOpeningError) -> PostgreSQLRegistryStore {
    try PostgreSQLRegistryStore(address, migrates: true, now: Samples.now, maxWaitMilliseconds: 600_000) {
      [weak self] error in self?.faults.withLock { $0.append(error) }
    }
  }

  /// A connection that goes around the stores.
  func connection() throws(PostgreSQLError) -> PostgreSQLConnection { try PostgreSQLConnection(address) }
}
