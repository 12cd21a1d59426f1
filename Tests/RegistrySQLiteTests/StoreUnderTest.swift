import Registry
import RegistrySQLite
import SQLiteKit
import StoreConformance
import System
import TestSupport

/// A store in a folder of its own, and the faults that it reported.
final class StoreUnderTest: Sendable {
  let folder = TemporaryFolder()
  let faults = Locked<[SQLiteError]>([])

  /// Opens the store, or makes it. Its writes may wait as long as a test may take: on a slow
  /// machine, hundreds of tests run at once.
  func open(_ purpose: StorePurpose = .server) throws(StoreOpeningError) -> SQLiteRegistryStore {
    try SQLiteRegistryStore(
      path: folder("r.db"), purpose: purpose, now: Samples.now, maxWaitMilliseconds: 600_000
    ) { [weak self] error in
      self?.faults.withLock { $0.append(error) }
    }
  }

  /// A connection that goes around the store.
  func connection(_ access: SQLiteConnection.Access = .readWrite) throws(SQLiteError) -> SQLiteConnection {
    try SQLiteConnection(path: folder("r.db"), access: access)
  }
}
